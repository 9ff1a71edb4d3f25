import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { at } from '../lib/root.mjs'
import { appFiles } from './doors'
import { isCode, listFiles, readText } from './files'

const [, table = ''] = readText('SECURITY.md').split('## What went wrong elsewhere')
const rows = table.split('\n').filter((line) => /^\| L\d\d /.test(line))

test('SECURITY.md says of every lesson which rule answers it and which test holds it, or why there is none', () => {
  const lessons = rows.map((row) => row.slice(2, 5))
  expect(lessons).toEqual(Array.from({ length: 33 }, (_, i) => `L${String(i + 1).padStart(2, '0')}`))
  for (const row of rows) expect(row.split('|')[4]?.trim(), row).toBeTruthy()
})

test('and each test it names is there', () => {
  const named = rows.flatMap((row) =>
    [...row.matchAll(/`([\w/.-]+\.(?:test|spec)\.ts)`/g)].map(([, path = '']) => path),
  )
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((path) => !existsSync(at(path)))).toEqual([])
  // A name that is no test file would slip through above.
  const written = rows.flatMap((row) => row.split('|')[4]?.match(/`[^`]+`/g) ?? [])
  expect(written).toHaveLength(named.length)
})

test('L07: every version in package.json is one version, so that an update is a change somebody made', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readText('package.json'))
  const versions = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))).toEqual([])
})

const ours = listFiles().filter(
  (path) => /^(app|components|lib)\//.test(path) && isCode(path) && !/\.test\.tsx?$/.test(path),
)

test('markup is React’s alone: nothing sets inner HTML', () => {
  expect(ours.filter((path) => /dangerouslySetInnerHTML|\.innerHTML\b/.test(readText(path)))).toEqual([])
})

test('no page keeps a company’s data in a shared cache', () => {
  const caching = /unstable_cache|['"]use cache['"]|force-cache|export const revalidate\b|force-static/
  expect(
    appFiles()
      .concat(ours)
      .filter((path) => caching.test(readText(path))),
  ).toEqual([])
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lockProblems } from '../lib/lockfile.mjs'
import { at } from '../lib/root.mjs'

const a = 'node_modules/a'

test.each([
  ['every optional binary has an entry', { [a]: { optionalDependencies: { bin: '1' } }, 'node_modules/bin': {} }, []],
  ['a nested entry counts', { [a]: { optionalDependencies: { bin: '1' } }, 'node_modules/a/node_modules/bin': {} }, []],
  [
    'a missing binary is named',
    { [a]: { optionalDependencies: { bin: '1' } } },
    ['node_modules/a wants bin, which has no entry'],
  ],
  [
    'a missing binary of the project itself is named',
    { '': { optionalDependencies: { bin: '1' } } },
    ['the project wants bin, which has no entry'],
  ],
  [
    'a registry address is named',
    { [a]: { resolved: 'https://registry.example/a.tgz' } },
    ['node_modules/a names a registry: https://registry.example/a.tgz'],
  ],
])('%s', (_, packages, problems) => {
  expect(lockProblems({ packages })).toEqual(problems)
})

test('our package-lock.json installs on every system', () => {
  expect(lockProblems(JSON.parse(readFileSync(at('package-lock.json'), 'utf8')))).toEqual([])
})

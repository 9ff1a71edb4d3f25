import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { at } from './lib/root.mjs'

mkdirSync(at('.data'), { recursive: true })
const dist = mkdtempSync(at('.data', 'start-test-'))
afterAll(() => rmSync(dist, { recursive: true, force: true }))

function start(env: Record<string, string>) {
  const { PATH = '' } = process.env
  const done = spawnSync(process.execPath, [at('scripts', 'start.mjs')], {
    encoding: 'utf8',
    timeout: 20_000,
    env: { NODE_ENV: 'production', PATH, ROLLCALL_DIST: join('.data', basename(dist)), ...env },
  })
  return { status: done.status, said: done.stderr }
}

function built(demo: boolean) {
  writeFileSync(join(dist, 'rollcall.json'), JSON.stringify({ hash: 'x', demo }))
  writeFileSync(join(dist, 'server.mjs'), "console.error('served')")
}

test('npm start refuses ROLLCALL_DEMO', () => {
  expect(start({ ROLLCALL_DEMO: '1' })).toEqual({ status: 1, said: expect.stringContaining('ROLLCALL_DEMO is set') })
})

test('npm start without a build says how to make one', () => {
  const { status, said } = start({})
  expect([status, said]).toEqual([1, expect.stringContaining('Run: npm run build')])
})

test('npm start refuses a demo build', () => {
  built(true)
  expect(start({}).said).toContain('was built with ROLLCALL_DEMO=1')
})

test('npm start runs a production build', () => {
  built(false)
  expect(start({}).said).toContain('served')
})

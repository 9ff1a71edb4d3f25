import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { clearLeftover, createChildren } from './children.mjs'
import { isAlive, startStamp, until } from './processes.mjs'

const dir = mkdtempSync(join(tmpdir(), 'rollcall-children-'))
const log = join(dir, 'log')
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const waiting = ['-e', 'setInterval(() => {}, 1000)']
const deaf = ['-e', "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)"]

test('stopAll ends every child and removes the pid file', async () => {
  const pidFile = join(dir, 'a.pid')
  const children = createChildren(pidFile)
  const pids = [children.start('one', waiting, { log }), children.start('two', waiting, { log })].map(({ pid }) => pid)
  expect(JSON.parse(readFileSync(pidFile, 'utf8')).children).toHaveLength(2)
  await children.stopAll()
  expect(pids.map(isAlive)).toEqual([false, false])
  expect(() => readFileSync(pidFile)).toThrow('ENOENT')
})

test('a child that does not listen is killed when its time is over', async () => {
  const children = createChildren(join(dir, 'b.pid'))
  const child = children.start('deaf', deaf, { log })
  await until(() => readFileSync(log, 'utf8').includes('up'), 5000)
  await children.stop(child, 200)
  expect(await until(() => !isAlive(child.pid), 1000)).toBe(true)
})

test('what a killed run left is stopped', async () => {
  const pidFile = join(dir, 'c.pid')
  const child = createChildren(pidFile).start('forgotten', waiting, { log })
  const noted = JSON.parse(readFileSync(pidFile, 'utf8'))
  writeFileSync(pidFile, JSON.stringify({ ...noted, pid: 999_999_999 }))
  expect(await clearLeftover(pidFile)).toEqual({ live: null, stopped: ['forgotten'] })
  expect(isAlive(child.pid)).toBe(false)
})

test('a process that merely has an old id is left alone', async () => {
  const pidFile = join(dir, 'd.pid')
  const other = createChildren(join(dir, 'other.pid'))
  const { pid } = other.start('stranger', waiting, { log })
  const children = [{ name: 'ours', pid, stamp: 'another start' }]
  writeFileSync(pidFile, JSON.stringify({ pid: 999_999_999, stamp: '1', children }))
  expect(await clearLeftover(pidFile)).toEqual({ live: null, stopped: [] })
  expect(isAlive(pid)).toBe(true)
  await other.stopAll()
})

test('a run that is going on is reported, not touched', async () => {
  const pidFile = join(dir, 'e.pid')
  const other = createChildren(join(dir, 'live.pid'))
  const { pid } = other.start('live', waiting, { log })
  writeFileSync(pidFile, JSON.stringify({ pid, stamp: startStamp(pid), children: [] }))
  expect(await clearLeftover(pidFile)).toEqual({ live: pid, stopped: [] })
  await other.stopAll()
})

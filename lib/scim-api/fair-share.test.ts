import { afterEach, expect, test, vi } from 'vitest'
import { makeFairShare } from './fair-share'

/** Requests that stay until they are let go. */
function bench() {
  let time = 0
  const inTurn = makeFairShare(() => time)
  const working: { key: string; end: () => void }[] = []
  const ended: Promise<unknown>[] = []
  const send = async (key: string, times: number) => {
    for (let i = 0; i < times; i++)
      ended.push(
        inTurn(key, (waited) => new Promise<boolean>((resolve) => working.push({ key, end: () => resolve(waited) }))),
      )
    await tick()
  }
  const at = (key: string) => working.filter((each) => each.key === key).length
  const end = async (key: string) => {
    const index = working.findIndex((each) => each.key === key)
    working.splice(index, 1)[0]?.end()
    await tick()
  }
  const wait = (ms: number) => {
    time += ms
  }
  return { send, at, end, wait, all: () => Promise.all(ended) }
}
afterEach(() => void vi.useRealTimers())
const tick = () => new Promise((resolve) => setImmediate(resolve))

test('a company that is there alone waits for nothing', async () => {
  const { send, at } = bench()
  await send('loud', 40)
  expect(at('loud')).toBe(40)
})

test.each([
  [1, 4],
  [2, 2],
  [3, 2],
  [7, 1],
  [30, 1],
])('beside %i others it has %i at once, the rest in line, and nobody else waits', async (others, share) => {
  const { send, at, end } = bench()
  for (let i = 0; i < others; i++) await send(`calm ${i}`, 1)
  await send('loud', 10)
  expect(at('loud')).toBe(share)
  for (let i = 0; i < others; i++) await send(`calm ${i}`, 1)
  for (let i = 0; i < others; i++) expect(at(`calm ${i}`)).toBe(Math.min(share, 2))
  await end('loud')
  expect(at('loud')).toBe(share)
})

test('what waits is worked on in order, all of it, and says that it waited', async () => {
  const { send, at, end, all } = bench()
  await send('calm', 1)
  await send('loud', 6)
  for (let i = 0; i < 6; i++) await end('loud')
  await end('calm')
  expect(at('loud') + at('calm')).toBe(0)
  expect(await all()).toEqual([false, false, false, false, false, true, true])
})

test('a request that fails gives its place on', async () => {
  const inTurn = makeFairShare(() => 0)
  let free = () => {}
  const calm = inTurn('calm', () => new Promise<void>((resolve) => (free = resolve)))
  const outcomes = await Promise.allSettled(
    Array.from({ length: 9 }, (_, i) => inTurn('loud', async () => Promise.reject(new Error(`${i}`)))),
  )
  expect(outcomes.map((each) => each.status === 'rejected' && each.reason.message)).toEqual([...'012345678'])
  free()
  await calm
})

test('once the others have been away for a second it has everything again, what is in line included', async () => {
  const { send, at, end, wait } = bench()
  await send('calm', 1)
  await send('loud', 9)
  await end('calm')
  wait(1001)
  expect(at('loud')).toBe(4)
  await end('loud')
  expect(at('loud')).toBe(8)
})

test('a request that never ends holds those behind it for ten seconds, not for good', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { send, at, end } = bench()
  for (let i = 0; i < 9; i++) await send(`calm ${i}`, 1)
  await send('stuck', 3)
  expect(at('stuck')).toBe(1)
  vi.advanceTimersByTime(10_000)
  await tick()
  expect(at('stuck')).toBe(3)
  await send('stuck', 1)
  for (let i = 0; i < 3; i++) await end('stuck')
  expect(at('stuck')).toBe(1)
})

import { expect, test } from 'vitest'
import { makeBulkhead } from './bulkhead'

/** Statements that stay until they are let go. */
function database(connections: number) {
  const inTurn = makeBulkhead(connections)
  const running: { key: string; end: () => void }[] = []
  const ended: Promise<unknown>[] = []
  const send = async (key: string, times: number) => {
    for (let i = 0; i < times; i++)
      ended.push(inTurn(key, () => new Promise<void>((resolve) => running.push({ key, end: resolve }))))
    await tick()
  }
  const at = (key: string) => running.filter((each) => each.key === key).length
  const end = async (key: string) => {
    const index = running.findIndex((each) => each.key === key)
    running.splice(index, 1)[0]?.end()
    await tick()
  }
  return { send, at, end, all: () => Promise.all(ended) }
}
const tick = () => new Promise((resolve) => setImmediate(resolve))

test.each([
  [10, 7],
  [6, 3],
  [5, 2],
  [4, 2],
  [3, 1],
  [2, 1],
  [200, 197],
])('of %i connections an org has %i at most, and another finds some free', async (connections, most) => {
  const { send, at } = database(connections)
  await send('stuck', 500)
  expect(at('stuck')).toBe(most)
  await send('calm', 1)
  expect(at('calm')).toBe(1)
})

test('of a single connection nothing can be left, so all take turns', async () => {
  const { send, at, end } = database(1)
  await send('stuck', 5)
  await send('calm', 1)
  expect([at('stuck'), at('calm')]).toEqual([1, 0])
  await end('stuck')
  expect([at('stuck'), at('calm')]).toEqual([0, 1])
})

test('what becomes free goes to who holds least, and in order within an org', async () => {
  const { send, at, end, all } = database(10)
  await send('first', 30)
  await send('second', 30)
  expect([at('first'), at('second')]).toEqual([7, 2])
  await send('third', 1)
  for (let i = 0; i < 3; i++) await end('first')
  expect([at('first'), at('second'), at('third')]).toEqual([4, 4, 1])
  for (let i = 0; i < 27; i++) await end('first')
  for (let i = 0; i < 30; i++) await end('second')
  await end('third')
  expect([at('first'), at('second'), at('third')]).toEqual([0, 0, 0])
  await all()
})

test('who failed gives its place on', async () => {
  const inTurn = makeBulkhead(4)
  const outcomes = await Promise.allSettled(
    Array.from({ length: 9 }, (_, i) => inTurn('loud', async () => Promise.reject(new Error(`${i}`)))),
  )
  expect(outcomes.map((each) => each.status === 'rejected' && each.reason.message)).toEqual([...'012345678'])
})

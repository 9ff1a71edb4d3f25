import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeQuietMoments } from './quiet-moments'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())
const tick = () => new Promise((resolve) => setImmediate(resolve))

/** Work that stays until it is let go, and a note of who waits for the next quiet moment. */
function bench() {
  const { during, next } = makeQuietMoments()
  const came: string[] = []
  const work = () => {
    let [end, fail]: [() => void, (error: Error) => void] = [() => undefined, () => undefined]
    const work = () =>
      new Promise<void>((resolve, reject) => {
        ;[end, fail] = [resolve, reject]
      })
    return { ended: during(work), end, fail }
  }
  const wait = async (name: string, ms: number) => {
    void next(ms).then(() => came.push(name))
    await tick()
  }
  return { work, wait, came }
}

test('while nothing is worked on it is quiet now', async () => {
  const { wait, came } = bench()
  await wait('a', 100)
  expect(came).toEqual(['a'])
})

test('what can wait comes when the last of the work has ended, in order, be it that this fails', async () => {
  const { work, wait, came } = bench()
  const [first, second] = [work(), work()]
  await wait('a', 100)
  await wait('b', 100)
  first.end()
  await tick()
  expect(came).toEqual([])
  second.fail(new Error('no'))
  await expect(second.ended).rejects.toThrow('no')
  await tick()
  expect(came).toEqual(['a', 'b'])
})

test('it does not wait for ever: after the time it named it comes all the same, and once', async () => {
  const { work, wait, came } = bench()
  const { end } = work()
  await wait('patient', 200)
  await wait('hasty', 20)
  vi.advanceTimersByTime(20)
  await tick()
  expect(came).toEqual(['hasty'])
  end()
  await tick()
  await tick()
  expect(came).toEqual(['hasty', 'patient'])
})

test('work that begins right after the last ended comes first', async () => {
  const { work, wait, came } = bench()
  const first = work()
  await wait('a', 100)
  first.end()
  await first.ended
  const second = work()
  await tick()
  expect(came).toEqual([])
  second.end()
  await tick()
  await tick()
  expect(came).toEqual(['a'])
})

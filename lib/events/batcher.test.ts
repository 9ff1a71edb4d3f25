import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { once, shutdown } from '@/lib/process'
import { batcher } from './batcher'

const warned = vi.fn()

const fails = (code: string) => Object.assign(new Error(code), { code })

/** A write that fails while `away`, and remembers what it wrote. */
function target() {
  const state = { away: false, bad: new Set<number>(), calls: 0, written: [] as [string, number][] }
  const write = async (orgId: string, batch: number[]) => {
    state.calls++
    if (state.away) throw fails('ECONNREFUSED')
    if (batch.some((value) => state.bad.has(value))) throw fails('22P02')
    state.written.push(...batch.map((value): [string, number] => [orgId, value]))
  }
  return { state, write }
}

beforeEach(() => {
  vi.useFakeTimers()
  warned.mockClear()
  once('log', () => ({ warn: warned, error: warned }))
})
afterEach(() => void vi.useRealTimers())

describe('a batcher', () => {
  it('writes within a second, one batch an org', async () => {
    const { state, write } = target()
    const b = batcher({ name: 't', write })
    for (const i of [1, 2, 3]) b.add('porter', i)
    b.add('rabbit', 4)
    expect(state.calls).toBe(0)
    await vi.advanceTimersByTimeAsync(1000)
    expect(state.written).toEqual([
      ['porter', 1],
      ['porter', 2],
      ['porter', 3],
      ['rabbit', 4],
    ])
    expect(state.calls).toBe(2)
  })

  it('keeps what a database that is away could not take, in order, and writes it once when it is back', async () => {
    const { state, write } = target()
    const b = batcher({ name: 't', write })
    state.away = true
    for (let i = 0; i < 250; i++) b.add('porter', i)
    await vi.advanceTimersByTimeAsync(3000)
    b.add('porter', 250)
    expect(b.size()).toBe(251)
    state.away = false
    await vi.advanceTimersByTimeAsync(2000)
    expect(state.written.map(([, value]) => value)).toEqual(Array.from({ length: 251 }, (_, i) => i))
    expect(b.size()).toBe(0)
  })

  it('one bad row does not hold up the others', async () => {
    const { state, write } = target()
    const b = batcher({ name: 't', write })
    state.bad.add(42)
    for (let i = 0; i < 100; i++) b.add('porter', i)
    await b.flush()
    expect(state.written).toHaveLength(99)
    expect(b.size()).toBe(0)
    expect(warned).toHaveBeenCalledWith(expect.objectContaining({ batcher: 't' }), expect.stringContaining('dropped'))
  })

  it('holds ten thousand at most; the oldest go, with a line in the log', async () => {
    const { state, write } = target()
    const b = batcher({ name: 't', write })
    state.away = true
    for (let i = 0; i < 25_000; i++) b.add('porter', i)
    expect(b.size()).toBeLessThanOrEqual(11_000)
    await b.flush()
    expect(b.size()).toBe(10_000)
    state.away = false
    await b.flush()
    expect(state.written[0]).toEqual(['porter', 15_000])
    expect(state.written.at(-1)).toEqual(['porter', 24_999])
    expect(warned).toHaveBeenCalledWith(expect.objectContaining({ dropped: expect.any(Number) }), expect.any(String))
  })

  it('takes a row that an earlier, unanswered try wrote as written', async () => {
    const stored = new Set<number>([1, 2])
    const write = async (_: string, batch: number[]) => {
      if (batch.some((value) => stored.has(value))) throw fails('23505')
      for (const value of batch) stored.add(value)
    }
    const b = batcher({ name: 't', write })
    for (const i of [1, 2, 3]) b.add('porter', i)
    await b.flush()
    expect([...stored]).toEqual([1, 2, 3])
    expect(b.size()).toBe(0)
  })

  it('flushes at shutdown what was just added', async () => {
    const { state, write } = target()
    const b = batcher({ name: 't', write })
    b.add('porter', 1)
    await shutdown()
    expect(state.written).toEqual([['porter', 1]])
  })
})

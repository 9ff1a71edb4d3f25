import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type LimitName, makeLimiters } from './limits'

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) }))
afterEach(() => void vi.useRealTimers())

const limit = (settings: Parameters<typeof makeLimiters>[0]) => makeLimiters(settings).take

/** How many of `tries` pass before the first refusal, and when that may come back. */
async function passes(take: ReturnType<typeof limit>, name: LimitName, key: string, tries: number) {
  for (let passed = 0; passed < tries; passed++) {
    const taken = await take(name, key)
    if (!taken.ok) return { passed, retryAfter: taken.retryAfter }
  }
  return { passed: tries }
}

describe('limits', () => {
  test.each<[LimitName, number, number]>([
    ['scimReads', 200, 20_000],
    ['scimWrites', 200, 20_000],
    ['wrongTokens', 20, 20],
    ['signIns', 20, 2000],
    ['adminWrites', 60, 6000],
    ['logouts', 120, 12_000],
    ['domainChecks', 30, 3000],
    ['connectionTests', 10, 1000],
  ])('%s: %i at once by default, %i in the demo', async (name, usual, inDemo) => {
    const key = 'porter'
    expect((await passes(limit({ ROLLCALL_DEMO: false }), name, key, usual + 1)).passed).toBe(usual)
    expect((await passes(limit({ ROLLCALL_DEMO: true }), name, key, inDemo + 1)).passed).toBe(inDemo)
  })

  test('the minute begins with the first request; Retry-After is whole seconds, and true', async () => {
    const take = limit({ ROLLCALL_DEMO: false, ROLLCALL_LIMIT_WRONG_TOKENS: 2 })
    await passes(take, 'wrongTokens', 'a', 2)
    vi.advanceTimersByTime(12_300)
    expect(await take('wrongTokens', 'a')).toEqual({ ok: false, retryAfter: 48 })
    vi.advanceTimersByTime(47_000)
    expect(await take('wrongTokens', 'a')).toEqual({ ok: false, retryAfter: 1 })
    vi.advanceTimersByTime(1000)
    expect(await take('wrongTokens', 'a')).toMatchObject({ ok: true })
  })

  test('a refused try does not put off the next minute', async () => {
    const take = limit({ ROLLCALL_DEMO: false, ROLLCALL_LIMIT_ADMIN_WRITES: 1 })
    await passes(take, 'adminWrites', 'a', 1)
    for (let second = 0; second < 59; second++) {
      vi.advanceTimersByTime(1000)
      expect((await take('adminWrites', 'a')).ok).toBe(false)
    }
    vi.advanceTimersByTime(1000)
    expect(await take('adminWrites', 'a')).toMatchObject({ ok: true })
  })

  test.each<[LimitName, number]>([
    ['scimReads', 1200],
    ['scimWrites', 600],
  ])(
    '%s: %i a minute at even distances, whatever was tried beyond, once the burst is used up',
    async (name, aMinute) => {
      const take = limit({ ROLLCALL_DEMO: false })
      await passes(take, name, 'porter', 9999)
      const passed: number[] = []
      for (let ms = 0; ms < 60_000; ms += 5) {
        vi.advanceTimersByTime(5)
        if ((await take(name, 'porter')).ok) passed.push(ms)
      }
      // A thousandth of a token may be short at the end.
      expect(passed.length).toBeGreaterThanOrEqual(aMinute - 1)
      expect(passed.length).toBeLessThanOrEqual(aMinute)
      const distances = passed.slice(1).map((ms, i) => ms - (passed[i] ?? 0))
      expect(Math.min(...distances)).toBeGreaterThanOrEqual(60_000 / aMinute - 5)
    },
  )

  test('all of a crowd pass that come back when Retry-After told them, and nobody is refused twice', async () => {
    const take = limit({ ROLLCALL_DEMO: false, ROLLCALL_LIMIT_SCIM_BURST: 10 })
    let waiting = Array.from({ length: 64 }, () => 0)
    const tries: number[] = []
    for (let second = 0; waiting.length > 0; second++) {
      const due = waiting.filter((at) => at <= second)
      waiting = waiting.filter((at) => at > second)
      for (const _ of due) {
        const taken = await take('scimWrites', 'porter')
        if (!taken.ok) waiting.push(second + taken.retryAfter)
      }
      tries.push(due.length)
      vi.advanceTimersByTime(1000)
    }
    expect(tries).toEqual([64, 10, 10, 10, 10, 10, 4])
  })

  test('a burst comes back as evenly as the rest, never more than all of it', async () => {
    const take = limit({
      ROLLCALL_DEMO: false,
      ROLLCALL_LIMIT_SCIM_WRITES: 60,
      ROLLCALL_LIMIT_SCIM_BURST: 30,
    })
    expect((await passes(take, 'scimWrites', 'a', 99)).passed).toBe(30)
    vi.advanceTimersByTime(10_000)
    expect((await passes(take, 'scimWrites', 'a', 99)).passed).toBe(10)
    vi.advanceTimersByTime(600_000)
    expect((await passes(take, 'scimWrites', 'a', 99)).passed).toBe(30)
  })

  test('who goes on while others with the key are refused is told so, for a second', async () => {
    const take = limit({ ROLLCALL_DEMO: false, ROLLCALL_LIMIT_SCIM_READS: 600, ROLLCALL_LIMIT_SCIM_BURST: 1 })
    expect(await take('scimReads', 'porter')).toEqual({ ok: true, crowded: false })
    expect((await take('scimReads', 'porter')).ok).toBe(false)
    vi.advanceTimersByTime(100)
    expect(await take('scimReads', 'porter')).toEqual({ ok: true, crowded: true })
    expect(await take('scimReads', 'white-rabbit')).toEqual({ ok: true, crowded: false })
    vi.advanceTimersByTime(1000)
    expect(await take('scimReads', 'porter')).toEqual({ ok: true, crowded: false })
  })

  test('one key’s refusals never touch another’s, nor another limit', async () => {
    const take = limit({ ROLLCALL_DEMO: false, ROLLCALL_LIMIT_SCIM_READS: 1, ROLLCALL_LIMIT_SCIM_BURST: 1 })
    expect((await passes(take, 'scimReads', 'porter', 100)).passed).toBe(1)
    expect(await take('scimReads', 'white-rabbit')).toMatchObject({ ok: true })
    expect(await take('scimWrites', 'porter')).toMatchObject({ ok: true })
  })
})

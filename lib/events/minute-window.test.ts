import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { shutdown } from '@/lib/process'
import { minuteWindow } from './minute-window'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function counted() {
  const rows: [string, string, number][] = []
  const w = minuteWindow<string>((orgId, value, count) => rows.push([orgId, value, count]))
  const add = (orgId: string, key: string, times: number) => {
    for (let i = 0; i < times; i++) w.add(orgId, key, key)
  }
  return { rows, add }
}

it('tells the first at once and the rest as one row a minute', () => {
  const { rows, add } = counted()
  add('porter', 'unknown 1.2.3.4', 15)
  expect(rows).toEqual([['porter', 'unknown 1.2.3.4', 1]])
  vi.advanceTimersByTime(60_000)
  expect(rows.slice(1)).toEqual([['porter', 'unknown 1.2.3.4', 14]])
  add('porter', 'unknown 1.2.3.4', 3)
  expect(rows).toHaveLength(2)
  vi.advanceTimersByTime(60_000)
  expect(rows[2]).toEqual(['porter', 'unknown 1.2.3.4', 3])
  vi.advanceTimersByTime(600_000)
  expect(rows).toHaveLength(3)
  add('porter', 'unknown 1.2.3.4', 1)
  expect(rows).toHaveLength(4)
})

it('keeps orgs, addresses and reasons apart', () => {
  const { rows, add } = counted()
  for (const key of ['a', 'b']) for (const org of ['porter', 'rabbit']) add(org, key, 2)
  vi.advanceTimersByTime(60_000)
  expect(rows).toHaveLength(8)
  expect(rows.every(([, , count]) => count === 1)).toBe(true)
})

it('a crowd of addresses becomes one row', () => {
  const { rows, add } = counted()
  for (let i = 0; i < 5000; i++) add('porter', `unknown 10.0.${i >> 8}.${i & 255}`, 1)
  expect(rows).toHaveLength(201)
  vi.advanceTimersByTime(60_000)
  expect(rows).toHaveLength(202)
  expect(rows.reduce((sum, [, , count]) => sum + count, 0)).toBe(5000)
})

it('loses no count at shutdown', async () => {
  const { rows, add } = counted()
  add('porter', 'a', 5)
  await shutdown()
  expect(rows.map(([, , count]) => count)).toEqual([1, 4])
})

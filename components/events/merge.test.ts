import { expect, test } from 'vitest'
import type { EventView } from '@/lib/events/view'
import { MAX_ROWS, mergeEvents } from './merge'

const event = (id: string, more: Partial<EventView> = {}): EventView => ({
  id,
  ref: `evt_${id}`,
  at: '2026-10-01T10:00:00.000Z',
  type: 'user.created',
  outcome: 'success',
  actorKind: 'okta',
  actorId: null,
  actorName: 'Okta',
  targetKind: 'user',
  targetId: 'u1',
  targetName: 'John Doe',
  method: null,
  path: null,
  status: null,
  diff: null,
  effects: null,
  trace: null,
  error: null,
  oktaEvent: null,
  requestId: null,
  ip: null,
  count: 1,
  read: false,
  ...more,
})

test('an event that comes twice shows once, and a late one takes its place in time', () => {
  const shown = mergeEvents([event('4'), event('2')], [event('3'), event('2'), event('1')])
  expect(shown.map(({ id }) => id)).toEqual(['4', '3', '2', '1'])
})

test('a page keeps a bounded number of rows, the newest', () => {
  const many = Array.from({ length: MAX_ROWS + 50 }, (_, i) => event(String(i).padStart(5, '0')))
  const shown = mergeEvents(many, [])
  expect(shown).toHaveLength(MAX_ROWS)
  expect(shown[0]?.id).toBe(many.at(-1)?.id)
})

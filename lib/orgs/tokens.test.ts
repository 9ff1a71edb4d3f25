import { expect, test } from 'vitest'
import { type TokenState, tokenWarnings } from './tokens'

const now = new Date('2026-11-01T12:00:00Z')
const inDays = (days: number, state: TokenState = 'live', id = 'token') => ({
  id,
  hint: 'x7Qf',
  createdBy: 'Adam Clarke',
  createdAt: now,
  expiresAt: new Date(now.getTime() + days * 86_400_000),
  revokedAt: null,
  lastUsedAt: null,
  lastUsedFrom: null,
  state,
})

test.each([
  [31, []],
  [30, [30]],
  [7.5, [30]],
  [7, [7]],
  [1.01, [7]],
  [1, [1]],
  [0.01, [1]],
])('a live token with %d days left warns %j', (days, expected) => {
  expect(tokenWarnings([inDays(days)], now).map(({ within }) => within)).toEqual(expected)
})

test.each<TokenState>(['ending', 'expired', 'revoked'])('one that is %s is no worry', (state) => {
  expect(tokenWarnings([inDays(0.5, state)], now)).toEqual([])
})

test('the next to end comes first', () => {
  const warnings = tokenWarnings([inDays(20, 'live', 'later'), inDays(3, 'live', 'sooner')], now)
  expect(warnings.map(({ id }) => id)).toEqual(['sooner', 'later'])
})

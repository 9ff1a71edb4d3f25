import { expect, test } from 'vitest'
import { effectTexts } from './effects'

test.each([
  [3, { ms: 12 }, '3 sessions ended, last tab told after 12 ms.'],
  [1, { ms: 0 }, '1 session ended, last tab told after 0 ms.'],
  [2, null, '2 sessions ended, until the last tab was told: not measured.'],
])('%i sessions ended, and when the last tab was told', (sessionsEnded, told, text) => {
  expect(effectTexts({ sessionsEnded }, told)).toEqual([text])
})

test('no session ended, nothing is said of tabs', () => {
  expect(effectTexts({ groupsLeft: 1 }, null)).toEqual(['The person left 1 group.'])
  expect(effectTexts(null, { ms: 1 })).toEqual([])
})

import { expect, test } from 'vitest'
import { type DirectoryFacts, directoryState } from './directory-state'

const earlier = new Date('2026-10-01T10:00:00Z')
const later = new Date('2026-10-01T11:00:00Z')
const healthy: DirectoryFacts = {
  scimState: 'active',
  liveTokens: 1,
  lastRequestAt: later,
  refusedAt: null,
  writes: ['success', 'skipped', 'success'],
}

test.each<[string, Partial<DirectoryFacts>, string]>([
  ['all is well', {}, 'Healthy'],
  ['there is no connection', { scimState: null }, 'Not connected'],
  ['SCIM is off, whatever came before', { scimState: 'off' }, 'Not connected'],
  ['paused wins over failures', { scimState: 'paused', writes: ['failed', 'failed', 'failed'] }, 'Paused'],
  ['nothing came yet', { lastRequestAt: null, writes: [] }, 'Waiting'],
  ['only wrong tokens came', { lastRequestAt: null, refusedAt: later, writes: [] }, 'Failing'],
  ['a wrong token came last', { lastRequestAt: earlier, refusedAt: later }, 'Failing'],
  ['a wrong token came before a right one', { refusedAt: earlier }, 'Healthy'],
  ['the last token is gone', { liveTokens: 0 }, 'Failing'],
  ['three writes failed in a row', { writes: ['failed', 'blocked', 'failed', 'success'] }, 'Failing'],
  ['two writes failed', { writes: ['failed', 'failed', 'success'] }, 'Healthy'],
  ['two writes are all there is', { writes: ['failed', 'failed'] }, 'Healthy'],
  ['people wait for review', { scimState: 'pending' }, 'Pending'],
  ['review, but nothing arrives', { scimState: 'pending', liveTokens: 0 }, 'Failing'],
])('the directory when %s', (_, facts, state) => {
  expect(directoryState({ ...healthy, ...facts }).state).toBe(state)
})

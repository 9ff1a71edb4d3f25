import { expect, test } from 'vitest'
import type { EventView } from '@/lib/events/view'
import { fixOf } from './fix'

type Facts = Parameters<typeof fixOf>[0]
const failed = (more: Partial<Facts>): Facts => ({
  type: 'user.created',
  outcome: 'failed',
  status: 400,
  error: null,
  ...more,
})
const error = (scimType: string): EventView['error'] => ({ status: 400, scimType, detail: 'x' })

test.each([
  ['a taken user name', failed({ error: error('uniqueness') }), /user name/],
  ['a taken name of a group', failed({ type: 'group.created', error: error('uniqueness') }), /link the pushed group/],
  ['a wrong token', failed({ type: 'token.refused', error: error('expired') }), /new token/],
  ['a token refused for a reason not known', failed({ type: 'token.refused', error: error('new-reason') }), /token/],
  ['a person not assigned', failed({ type: 'signin.refused', error: error('not_provisioned') }), /Assign/],
  ['an id of nobody', failed({ type: 'user.not_found', status: 404 }), /Unassign and assign/],
  ['the brake', failed({ type: 'provisioning.braked', outcome: 'blocked' }), /Settings, General/],
  ['whom the brake held back', failed({ type: 'user.updated', status: 429 }), /Settings, General/],
  ['a body too large', failed({ type: 'request.rejected', status: 413 }), /1 MiB/],
])('%s has a fix', (_, facts, text) => {
  expect(fixOf(facts)).toMatch(text)
})

test.each(['success', 'skipped'] as const)('an event that ended in %s needs none', (outcome) => {
  expect(fixOf(failed({ outcome, error: error('uniqueness') }))).toBeNull()
})

test('where nothing is known, nothing is made up', () => {
  expect(fixOf(failed({ error: { status: 500, detail: 'x' } }))).toBeNull()
})

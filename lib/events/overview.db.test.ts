import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import type { EventDraft } from './event'
import { getOverview } from './overview'
import { recordEvent } from './record'

const okta = { kind: 'okta', tokenId: 't' } as const
const conflict = { status: 409, scimType: 'uniqueness', detail: "userName 'x' is already used in this organization." }
const failure: EventDraft = {
  type: 'user.created',
  outcome: 'failed',
  actor: okta,
  method: 'POST',
  path: '/scim/v2/porter/Users',
  status: 409,
  error: conflict,
}
let quiet: TestOrg
let busy: TestOrg

beforeAll(async () => {
  quiet = await makeTestOrg('Porter')
  busy = await makeTestOrg('White Rabbit')
  await recordEvent(busy.orgId, { type: 'user.created', outcome: 'success', actor: okta })
  for (let i = 0; i < 3; i++) await recordEvent(busy.orgId, failure)
  await recordEvent(busy.orgId, { type: 'user.looked_up', outcome: 'success', actor: okta })
})
afterAll(shutdown)

test('an org Okta never called waits, with no number but its own', async () => {
  const overview = await getOverview(quiet.orgId)
  expect(overview).toMatchObject({
    directory: { state: 'Waiting', lastRequestAt: null },
    groups: 0,
    failures: 0,
    causes: [],
    latest: [],
    hasOwner: false,
    setup: { done: ['connection', 'token'], finished: false },
  })
})

test('failures are counted, grouped, and make the directory failing; look-ups count as requests, not as news', async () => {
  const overview = await getOverview(busy.orgId)
  expect(overview.directory.state).toBe('Failing')
  expect(overview.failures).toBe(3)
  expect(overview.causes.map(({ n, attribute, route, status }) => [n, attribute, route, status])).toEqual([
    [3, 'userName', 'POST /Users', 409],
  ])
  expect(overview.latest.map(({ type }) => type)).toEqual(Array(4).fill('user.created'))
  expect(overview.directory.lastRequestAt?.getTime()).toBeGreaterThan(Date.now() - 60_000)
  expect(overview.setup.done).toContain('request')
})

test('failures of more than a day ago are over', async () => {
  const overview = await getOverview(busy.orgId, Date.now() + 2 * 86_400_000)
  expect(overview).toMatchObject({ failures: 0, causes: [] })
})

test('a token that ends within two weeks is told', async () => {
  expect((await getOverview(busy.orgId)).expiring).toHaveLength(1)
})

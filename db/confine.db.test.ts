import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareEvent } from '@/lib/events/event'
import { shutdown } from '@/lib/process'
import { pgError } from './errors'
import { recordEvents } from './functions'
import { scimTokens } from './schema'
import { events } from './schema-events'
import { confine, withOrg } from './tenant'
import { makeTestOrg, type TestOrg } from './test-orgs'

let porter: TestOrg
let rabbit: TestOrg

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
})
afterAll(shutdown)

const tokensOf = ({ orgId }: TestOrg) =>
  withOrg(orgId, (tx) => tx.select({ id: scimTokens.id }).from(scimTokens).where(eq(scimTokens.orgId, orgId)))
const eventsOf = ({ orgId }: TestOrg) =>
  withOrg(orgId, (tx) => tx.select({ id: events.id }).from(events).where(eq(events.orgId, orgId)))

test('confined to one org, a query that names another finds nothing, and one’s own is found', async () => {
  expect(await tokensOf(rabbit)).toHaveLength(1)
  expect(await confine(porter.orgId, () => tokensOf(rabbit))).toEqual([])
  expect(await confine(porter.orgId, () => tokensOf(porter))).toHaveLength(1)
})

test('confined to one org, a query that forgets to name one sees that org’s rows alone', async () => {
  const all = () => withOrg(rabbit.orgId, (tx) => tx.select({ orgId: scimTokens.orgId }).from(scimTokens))
  expect(await confine(porter.orgId, all)).toEqual([{ orgId: porter.orgId }])
})

test('a function called bare for another org is refused by Postgres, and nothing is written', async () => {
  const { id: _, ...event } = prepareEvent({ type: 'user.created', outcome: 'success', actor: { kind: 'system' } })
  const before = await eventsOf(rabbit)
  const refused = await confine(porter.orgId, () => recordEvents(rabbit.orgId, [event])).catch((error) => error)
  expect(pgError(refused)).toMatchObject({ code: '42501', message: 'app.org_id is already set to another org' })
  expect(await eventsOf(rabbit)).toEqual(before)
})

test('what runs elsewhere meanwhile is not confined', async () => {
  const [inside, beside] = await Promise.all([confine(porter.orgId, () => tokensOf(rabbit)), tokensOf(rabbit)])
  expect([inside.length, beside.length]).toEqual([0, 1])
})

test('only the uuid of an org can be confined to', () => {
  expect(() => confine(`${porter.orgId}'; reset app.org_id; --`, async () => 1)).toThrow('uuid')
})

import { eq, sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareEvent } from '@/lib/events/event'
import { floorId } from '@/lib/events/id-range'
import { getEvent } from '@/lib/events/query'
import { recordEvent } from '@/lib/events/record'
import { newId, timeOfId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { maintain } from './maintain'
import { eventHours, events, userHistory } from './schema-events'
import { domainClaims, setupLinks, usedLogoutTokens } from './schema-proofs'
import { withOrg } from './tenant'
import { makeTestOrg } from './test-orgs'

const DAY = 86_400_000
const ownerUrl = process.env.DATABASE_OWNER_URL ?? ''
// What other files left behind is not counted here.
beforeAll(() => maintain(ownerUrl))
afterAll(shutdown)

/** Events of these ages in days, each with a payload; returns their ids. */
async function aged(orgId: string, ages: number[]): Promise<string[]> {
  const prepared = ages.map((age, i) => {
    const id = `${floorId(Date.now() - age * DAY + i).slice(0, 14)}7${newId().slice(15)}`
    const { event } = prepareEvent({ type: 'user.created', outcome: 'success', actor: { kind: 'system' } })
    return { event: { ...event, id, at: timeOfId(id).toISOString() }, request: { age }, response: null }
  })
  for (let i = 0; i < prepared.length; i += 2000) {
    const some = JSON.stringify(prepared.slice(i, i + 2000))
    await withOrg(orgId, (tx) => tx.execute(sql`select record_events(${orgId}::uuid, ${some}::text::jsonb)`))
  }
  return prepared.map(({ event }) => event.id)
}

const countOf = (orgId: string) =>
  withOrg(orgId, async (tx) => (await tx.select().from(events).where(eq(events.orgId, orgId))).length)

test('each org keeps what it has set, no more and no less; the history of people outlives the log', async () => {
  const short = await makeTestOrg('Porter', { eventDays: 30, payloadDays: 5 })
  const long = await makeTestOrg('White Rabbit', { eventDays: 300, payloadDays: 90 })
  const ages = [1, 10, 29.9, 30.1, 80, 100, 299, 301]
  const mine = await aged(short.orgId, ages)
  const theirs = await aged(long.orgId, ages)
  const at = new Date(Date.now() - 100 * DAY)
  const userId = newId()
  await withOrg(short.orgId, async (tx) => {
    await tx.insert(userHistory).values({ orgId: short.orgId, userId, eventId: mine[5] ?? '', at, diff: [] })
    const hour = (hours: Date) => ({
      orgId: short.orgId,
      hour: hours,
      type: 'user.created',
      outcome: 'success' as const,
      n: 1,
    })
    await tx.insert(eventHours).values([hour(at), hour(new Date(Date.now() - DAY))])
  })
  await maintain(ownerUrl)
  const kept = async (orgId: string, ids: string[]) =>
    Promise.all(
      ids.map(async (id) => {
        const event = await getEvent(orgId, id)
        return event ? (event.request ? 'whole' : 'event') : 'gone'
      }),
    )
  expect(await kept(short.orgId, mine)).toEqual(['whole', 'event', 'event', 'gone', 'gone', 'gone', 'gone', 'gone'])
  expect(await kept(long.orgId, theirs)).toEqual([...Array(5).fill('whole'), 'event', 'event', 'gone'])
  expect(await withOrg(short.orgId, (tx) => tx.select().from(userHistory))).toHaveLength(1)
  expect(await withOrg(short.orgId, (tx) => tx.select().from(eventHours))).toHaveLength(1)
})

test('the operator may keep less than an org has set, never more', async () => {
  const org = await makeTestOrg('Porter', { eventDays: 100, payloadDays: 50 })
  const [, old] = await aged(org.orgId, [10, 60])
  await maintain(ownerUrl, { eventDays: 400, payloadDays: 20 })
  expect(await getEvent(org.orgId, old ?? '')).toMatchObject({ request: null })
  await maintain(ownerUrl, { eventDays: 30 })
  expect(await getEvent(org.orgId, old ?? '')).toBeNull()
})

test('writers are not stopped while thousands go, and the run tells how far it is', async () => {
  const org = await makeTestOrg('Porter', { eventDays: 30, payloadDays: 30 })
  await aged(
    org.orgId,
    Array.from({ length: 10_500 }, () => 40),
  )
  const lines: string[] = []
  let running = true
  const run = maintain(ownerUrl, {}, { progress: (line) => lines.push(line) }).finally(() => {
    running = false
  })
  let written = 0
  while (running) {
    await recordEvent(org.orgId, { type: 'org.changed', outcome: 'success', actor: { kind: 'system' } })
    written++
  }
  const { deleted } = await run
  expect(deleted).toMatchObject({ events: 10_500, payloads: 10_500 })
  expect(await countOf(org.orgId)).toBe(written)
  // Each batch is a commit of its own. A writer that waited for the run would have written once.
  expect(written).toBeGreaterThan(1)
  expect(lines).toContain('Porter: 10,000 events deleted so far')
}, 60_000)

test('two runs at once: one does the work of an org, the other leaves it alone and says so', async () => {
  const org = await makeTestOrg('Porter', { eventDays: 30, payloadDays: 30 })
  await aged(org.orgId, [40])
  const other = postgres(ownerUrl, { max: 1 })
  const busy = await other.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`maintain ${org.orgId}`}, 0))`
    const result = await maintain(ownerUrl)
    return { names: result.orgsBusy, left: await countOf(org.orgId) }
  })
  await other.end()
  expect(busy.names).toEqual(['Porter'])
  expect(busy.left).toBe(1)
  expect((await maintain(ownerUrl)).deleted.events).toBe(1)
})

test('what is over goes: links, used logout tokens, claims nobody proved', async () => {
  const { orgId, domain } = await makeTestOrg()
  const ago = (days: number) => new Date(Date.now() - days * DAY)
  await withOrg(orgId, async (tx) => {
    await tx.insert(usedLogoutTokens).values([
      { orgId, jti: 'old', expiresAt: ago(2) },
      { orgId, jti: 'new', expiresAt: ago(-1) },
    ])
    const link = (expiresAt: Date, visitExpiresAt: Date | null) => {
      const id = newId()
      return { orgId, id, tokenHash: Buffer.from(id), createdBy: newId(), expiresAt, visitExpiresAt }
    }
    await tx.insert(setupLinks).values([link(ago(3), null), link(ago(3), ago(-1)), link(ago(-1), null)])
    await tx.insert(domainClaims).values([
      { orgId, domain: 'old.example', token: 'a', expiresAt: ago(40) },
      { orgId, domain: 'late.example', token: 'b', expiresAt: ago(10) },
    ])
  })
  expect((await maintain(ownerUrl)).deleted).toMatchObject({ logoutTokens: 1, setupLinks: 1, claims: 1 })
  const claims = await withOrg(orgId, (tx) => tx.select().from(domainClaims))
  expect(claims.map((claim) => claim.domain).toSorted()).toEqual(['late.example', domain].toSorted())
})

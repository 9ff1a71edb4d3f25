import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { prepareEvent } from '@/lib/events/event'
import { floorId } from '@/lib/events/id-range'
import { getEvent } from '@/lib/events/query'
import { recordIn } from '@/lib/events/record'
import { newId, timeOfId } from '@/lib/ids'
import { maintain } from './maintain'
import { sessions, users } from './schema'
import { userHistory } from './schema-events'
import { withOrg } from './tenant'
import { makeTestOrg } from './test-orgs'

const DAY = 86_400_000
const ownerUrl = process.env.DATABASE_OWNER_URL ?? ''
const owner = postgres(ownerUrl, { max: 1, onnotice: () => undefined })
afterAll(() => owner.end())

const keep = { eventDays: 400, payloadDays: 30 }
const monthName = (ms: number) => new Date(ms).toISOString().slice(0, 7).replace('-', '')
const partitions = async () =>
  (await owner<{ name: string }[]>`select relname as name from pg_class where relispartition and relkind = 'r'`).map(
    (row) => row.name,
  )

/** Events of the org with the age of each in days; returns their ids. */
async function eventsOfAge(orgId: string, ages: number[]): Promise<string[]> {
  const prepared = ages.map((age, i) => {
    const id = `${floorId(Date.now() - age * DAY + i).slice(0, 14)}7${newId().slice(15)}`
    const { event } = prepareEvent({ type: 'user.created', outcome: 'success', actor: { kind: 'system' } })
    return { event: { ...event, id, at: timeOfId(id).toISOString() }, request: { age }, response: null }
  })
  await withOrg(orgId, (tx) =>
    tx.execute(sql`select record_events(${orgId}::uuid, ${JSON.stringify(prepared)}::text::jsonb)`),
  )
  return prepared.map(({ event }) => event.id)
}

describe('maintain', () => {
  it('deletes what is past its time in every org, in batches, and nothing else', async () => {
    const [porter, rabbit] = [await makeTestOrg(), await makeTestOrg('White Rabbit')]
    const [old, aged, fresh] = await eventsOfAge(porter.orgId, [401, 31, 29])
    const others = await eventsOfAge(rabbit.orgId, [...Array.from({ length: 2100 }, () => 500), 1])
    const userId = newId()
    const history = { orgId: porter.orgId, userId, eventId: old ?? '', at: new Date(), diff: [] }
    await withOrg(porter.orgId, (tx) => tx.insert(userHistory).values(history))

    const { deleted } = await maintain(ownerUrl, keep)
    expect(deleted).toMatchObject({ events: 2101, payloads: 2102 })
    expect(await getEvent(porter.orgId, old ?? '')).toBeNull()
    expect(await getEvent(porter.orgId, aged ?? '')).toMatchObject({ id: aged, request: null })
    expect(await getEvent(porter.orgId, fresh ?? '')).toMatchObject({ request: { age: 29 } })
    expect(await getEvent(rabbit.orgId, others.at(-1) ?? '')).toMatchObject({ request: { age: 1 } })
    const kept = await withOrg(porter.orgId, (tx) => tx.select().from(userHistory))
    expect(kept).toHaveLength(1)
    expect((await maintain(ownerUrl, keep)).deleted).toMatchObject({ events: 0, payloads: 0 })
  })

  it('purges sessions a day after they ended', async () => {
    const { orgId } = await makeTestOrg()
    const userId = newId()
    const now = new Date()
    const live = new Date(now.getTime() + DAY)
    await withOrg(orgId, async (tx) => {
      const name = { userName: 'john', userNameKey: 'john', displayName: 'John Doe' }
      const role = { role: 'member' as const, roleReasons: [] }
      const rest = { active: true, source: 'okta' as const, attributes: {}, createdAt: now, updatedAt: now }
      await tx.insert(users).values({ orgId, id: userId, ...name, ...role, ...rest })
      const session = (endedDaysAgo: number | null, expiresAt = live) => {
        const id = newId()
        const endedAt = endedDaysAgo === null ? null : new Date(now.getTime() - endedDaysAgo * DAY)
        return { orgId, id, userId, tokenHash: Buffer.from(id), epoch: 1, expiresAt, endedAt }
      }
      await tx
        .insert(sessions)
        .values([session(null), session(0.5), session(1.5), session(null, new Date(now.getTime() - 2 * DAY))])
    })
    expect((await maintain(ownerUrl, keep)).deleted.sessions).toBe(2)
    expect(await withOrg(orgId, (tx) => tx.select().from(sessions))).toHaveLength(2)
  })

  it('makes the coming months, as safe as the others, and drops months that are past whole', async () => {
    const later = Date.now() + 200 * DAY
    const made = await maintain(ownerUrl, { eventDays: 60, payloadDays: 30 }, { now: later })
    expect(made.partitionsMade).toBeGreaterThan(8)
    const now = await partitions()
    expect(now).toContain(`events_m${monthName(later + 365 * DAY)}`)
    expect(made.partitionsDropped).toContain(`events_m${monthName(Date.now())}`)
    expect(now).not.toContain(`events_m${monthName(Date.now())}`)
    // Sixty days before `later` lie in a month that is still needed.
    expect(now).toContain(`events_m${monthName(later - 60 * DAY)}`)
    const open = await owner`
      select relname from pg_class where relispartition and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)`
    expect(open).toHaveLength(0)
    // Back to the present: the dropped months are made again.
    await maintain(ownerUrl, keep)
    expect(await partitions()).toContain(`events_m${monthName(Date.now())}`)
  })

  /** Takes away a month that is still to come, for the next run to make. */
  async function loseMonth(): Promise<string> {
    const month = `events_m${monthName(Date.now() + 300 * DAY)}`
    await owner`drop table ${owner(month)}`
    return month
  }

  it('makes the coming months beside a writer who has not committed yet', async () => {
    await maintain(ownerUrl, keep)
    const month = await loseMonth()
    const { orgId } = await makeTestOrg()
    const made = await withOrg(orgId, async (tx) => {
      await recordIn(tx, orgId, { type: 'org.changed', outcome: 'success', actor: { kind: 'system' } })
      return maintain(ownerUrl, keep)
    })
    expect(made).toMatchObject({ partitionsMade: 1, partitionsBusy: [] })
    expect(await partitions()).toContain(month)
  })

  it('leaves the coming months for next time while somebody reads all of the log', async () => {
    const month = await loseMonth()
    const { orgId } = await makeTestOrg()
    const busy = await withOrg(orgId, async (tx) => {
      await tx.execute(sql`select 1 from events where org_id = ${orgId}`)
      return maintain(ownerUrl, keep)
    })
    expect(busy.partitionsBusy).toEqual(['the coming months'])
    await maintain(ownerUrl, keep)
    expect(await partitions()).toContain(month)
  })

  it('waits for nobody: a month in use stays for next time', async () => {
    const month = `events_m${monthName(Date.now() - 20 * DAY)}`
    const { orgId } = await makeTestOrg()
    const reader = postgres(process.env.DATABASE_URL ?? '', { max: 1 })
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const reading = reader.begin(async (tx) => {
      await tx.unsafe(`set local app.org_id = '${orgId}'`)
      await tx`select 1 from events`
      await held
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    const { partitionsBusy } = await maintain(
      ownerUrl,
      { eventDays: 30, payloadDays: 30 },
      { now: Date.now() + 62 * DAY },
    )
    expect(partitionsBusy).toContain(month)
    release()
    await reading
    await reader.end()
    await maintain(ownerUrl, keep)
  })
})

import 'server-only'
import { and, eq, lt, sql } from 'drizzle-orm'
import { eventPayloads, events } from '@/db/schema-events'
import { type Tx, withOrg } from '@/db/tenant'
import { floorId } from '@/lib/events/id-range'

const DAY = 86_400_000
/** Counted no further than this. */
export const COUNTED_TO = 10_000

/** How many events, and requests with their answers, the next daily run would delete; at most 10,001 of each. */
export async function previewRetention(
  orgId: string,
  { eventDays, payloadDays }: { eventDays: number; payloadDays: number },
): Promise<{ events: number; payloads: number }> {
  const before = (days: number) => floorId(Date.now() - days * DAY)
  const old = and(eq(events.orgId, orgId), lt(events.id, before(eventDays)))
  const told = and(eq(eventPayloads.orgId, orgId), lt(eventPayloads.eventId, before(payloadDays)))
  return withOrg(orgId, async (tx) => ({
    events: await count(tx, sql`select 1 from ${events} where ${old}`),
    payloads: await count(tx, sql`select 1 from ${eventPayloads} where ${told}`),
  }))
}

async function count(tx: Tx, rows: ReturnType<typeof sql>): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`select count(*)::int as n from (${rows} limit ${COUNTED_TO + 1}) t`)
  return row?.n ?? 0
}

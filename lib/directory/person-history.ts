import 'server-only'
import { and, desc, eq, gte, inArray, lt } from 'drizzle-orm'
import { events, userHistory } from '@/db/schema-events'
import type { Tx } from '@/db/tenant'
import { floorId } from '@/lib/events/id-range'
import { eventRef } from '@/lib/ids'
import type { HistoryStep } from './time-travel'

/** Who did it and by which event; `by` is null where the event is older than what is kept. */
export type Origin = { at: Date; ref: string; by: string | null }

const columns = { eventId: userHistory.eventId, at: userHistory.at, diff: userHistory.diff }
const mine = (orgId: string, id: string) => and(eq(userHistory.orgId, orgId), eq(userHistory.userId, id))

/** Newest first; `since`: only what happened from then on. */
export function historyOf(tx: Tx, orgId: string, id: string, limit: number, since?: Date): Promise<HistoryStep[]> {
  return tx
    .select(columns)
    .from(userHistory)
    .where(and(mine(orgId, id), since && gte(userHistory.eventId, floorId(since.getTime()))))
    .orderBy(desc(userHistory.eventId))
    .limit(limit)
}

/** The last rows before a moment, newest first. */
export const historyBefore = (tx: Tx, orgId: string, id: string, at: Date, limit: number): Promise<HistoryStep[]> =>
  tx
    .select(columns)
    .from(userHistory)
    .where(and(mine(orgId, id), lt(userHistory.eventId, floorId(at.getTime()))))
    .orderBy(desc(userHistory.eventId))
    .limit(limit)

/** Who did these events, as far as they are still kept. */
export async function actorsOf(tx: Tx, orgId: string, eventIds: string[]): Promise<Map<string, string>> {
  if (eventIds.length === 0) return new Map()
  const rows = await tx
    .select({ id: events.id, by: events.actorName })
    .from(events)
    .where(and(eq(events.orgId, orgId), inArray(events.id, [...new Set(eventIds)])))
  return new Map(rows.map(({ id, by }) => [id, by]))
}

export const originOf = (step: HistoryStep, actors: ReadonlyMap<string, string>): Origin => ({
  at: step.at,
  ref: eventRef(step.eventId),
  by: actors.get(step.eventId) ?? null,
})

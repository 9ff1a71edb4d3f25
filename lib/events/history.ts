import 'server-only'
import { and, desc, eq } from 'drizzle-orm'
import { userHistory } from '@/db/schema-events'
import { withOrg } from '@/db/tenant'
import type { EventDiff } from '@/db/types'
import { eventRef, isId } from '@/lib/ids'

export type HistoryEntry = { eventId: string; ref: string; at: string; diff: EventDiff[] }

/** What became of one person, newest first; outlives the events it came from. */
export async function listHistory(orgId: string, userId: string, limit = 100): Promise<HistoryEntry[]> {
  if (!isId(userId)) return []
  const rows = await withOrg(orgId, (tx) =>
    tx
      .select()
      .from(userHistory)
      .where(and(eq(userHistory.orgId, orgId), eq(userHistory.userId, userId)))
      .orderBy(desc(userHistory.eventId))
      .limit(Math.min(Math.max(limit, 1), 1000)),
  )
  return rows.map((row) => ({
    eventId: row.eventId,
    ref: eventRef(row.eventId),
    at: row.at.toISOString(),
    diff: row.diff,
  }))
}

import 'server-only'
import { and, desc, eq, inArray, lt, notInArray } from 'drizzle-orm'
import { events, userHistory } from '@/db/schema-events'
import { type Tx, withOrg } from '@/db/tenant'
import type { EventDiff } from '@/db/types'
import { toView } from '@/lib/events/query'
import { READ_TYPES } from '@/lib/events/types'
import type { EventView } from '@/lib/events/view'
import { eventIdFromRef, eventRef, isId } from '@/lib/ids'

/** One line of a life. `event` is null where only the history is still kept; `diff` is this person's part of it. */
export type LifeLine = { id: string; ref: string; at: string; event: EventView | null; diff: EventDiff[] }

const MAX_PAGE = 200

/**
 * What happened to a person, newest first: every event about them and every change that touched them, such as those of
 * their groups. `next` is what to give as `before` for the page that follows.
 */
export async function listLife(
  orgId: string,
  userId: string,
  { before, limit = 50 }: { before?: string | undefined; limit?: number } = {},
): Promise<{ lines: LifeLine[]; next?: string }> {
  if (!isId(userId)) return { lines: [] }
  const count = Math.min(Math.max(limit, 1), MAX_PAGE)
  const place = before === undefined ? undefined : (eventIdFromRef(before) ?? undefined)
  return withOrg(orgId, async (tx) => {
    const ids = await idsOf(tx, orgId, userId, place, count + 1)
    const shown = ids.slice(0, count)
    const lines = await load(tx, orgId, userId, shown)
    const last = shown.at(-1)
    return ids.length > count && last ? { lines, next: eventRef(last) } : { lines }
  })
}

async function idsOf(tx: Tx, orgId: string, userId: string, before: string | undefined, limit: number) {
  const about = tx
    .select({ id: events.id })
    .from(events)
    .where(
      and(
        eq(events.orgId, orgId),
        eq(events.targetId, userId),
        notInArray(events.type, [...READ_TYPES]),
        before ? lt(events.id, before) : undefined,
      ),
    )
    .orderBy(desc(events.id))
    .limit(limit)
  const touched = tx
    .select({ id: userHistory.eventId })
    .from(userHistory)
    .where(
      and(
        eq(userHistory.orgId, orgId),
        eq(userHistory.userId, userId),
        before ? lt(userHistory.eventId, before) : undefined,
      ),
    )
    .orderBy(desc(userHistory.eventId))
    .limit(limit)
  const found = [...(await about), ...(await touched)].map(({ id }) => id)
  return [...new Set(found)].sort((a, b) => (a < b ? 1 : -1)).slice(0, limit)
}

async function load(tx: Tx, orgId: string, userId: string, ids: string[]): Promise<LifeLine[]> {
  if (ids.length === 0) return []
  const about = await tx
    .select()
    .from(events)
    .where(and(eq(events.orgId, orgId), inArray(events.id, ids)))
  const touched = await tx
    .select()
    .from(userHistory)
    .where(and(eq(userHistory.orgId, orgId), eq(userHistory.userId, userId), inArray(userHistory.eventId, ids)))
  const views = new Map(about.map((row) => [row.id, toView(row)]))
  const rows = new Map(touched.map((row) => [row.eventId, row]))
  return ids.flatMap((id) => {
    const event = views.get(id) ?? null
    const row = rows.get(id)
    const at = row?.at.toISOString() ?? event?.at
    if (!at) return []
    const own = event?.targetId === userId ? (event.diff ?? []) : []
    return [{ id, ref: eventRef(id), at, event, diff: row?.diff ?? own }]
  })
}

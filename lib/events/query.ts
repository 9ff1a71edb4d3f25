import 'server-only'
import { and, asc, desc, eq, gt, gte, inArray, lt, notInArray, type SQL } from 'drizzle-orm'
import { eventPayloads, events, eventTimings } from '@/db/schema-events'
import { withOrg } from '@/db/tenant'
import { eventIdFromRef, eventRef } from '@/lib/ids'
import { floorId } from './id-range'
import { EVENT_TYPES, type EventType, isReadType, type Outcome, READ_TYPES } from './types'
import type { EventView } from './view'

export type { EventView } from './view'

export type EventFilter = {
  /** Types, or prefixes such as `user.*`. Named types show also when they are reads. */
  types?: readonly string[] | undefined
  outcome?: Outcome | undefined
  targetId?: string | undefined
  /** True shows look-ups too; they are hidden by default. */
  reads?: boolean | undefined
  since?: Date | undefined
  until?: Date | undefined
  /** Only events older than this id. */
  before?: string | undefined
  /** Only events newer than this id: the nearest ones, newest first. */
  after?: string | undefined
  limit?: number | undefined
}

export type EventTiming = { ms: number; count: number }
export type EventDetail = EventView & {
  request: unknown
  response: unknown
  /** Null: not measured. */
  timings: { total: EventTiming | null; told: EventTiming | null }
}

const MAX_PAGE = 200

/** A page of an org's events, newest first. `next` is the id to give as `before` for the page that follows. */
export async function listEvents(orgId: string, f: EventFilter = {}): Promise<{ events: EventView[]; next?: string }> {
  const limit = Math.min(Math.max(Math.trunc(f.limit ?? 50), 1), MAX_PAGE)
  const upwards = f.after !== undefined && f.before === undefined
  const rows = await withOrg(orgId, (tx) =>
    tx
      .select()
      .from(events)
      .where(and(eq(events.orgId, orgId), ...conditions(f)))
      .orderBy(upwards ? asc(events.id) : desc(events.id))
      .limit(limit + 1),
  )
  const page = rows.slice(0, limit).map(toView)
  if (upwards) page.reverse()
  const last = page.at(-1)
  return rows.length > limit && last && !upwards ? { events: page, next: last.id } : { events: page }
}

function conditions(f: EventFilter): (SQL | undefined)[] {
  return [
    typeCondition(f),
    f.outcome && eq(events.outcome, f.outcome),
    f.targetId !== undefined ? eq(events.targetId, f.targetId) : undefined,
    f.since && gte(events.id, floorId(f.since.getTime())),
    f.until && lt(events.id, floorId(f.until.getTime())),
    f.before !== undefined ? lt(events.id, f.before) : undefined,
    f.after !== undefined ? gt(events.id, f.after) : undefined,
  ]
}

function typeCondition({ types, reads }: EventFilter): SQL | undefined {
  if (types?.length) return inArray(events.type, types.flatMap(expand))
  return reads ? undefined : notInArray(events.type, [...READ_TYPES])
}

/** `user.*` as the list of its types, so that the index on type serves it. */
function expand(type: string): string[] {
  if (!type.endsWith('*')) return [type]
  const prefix = type.slice(0, -1)
  return EVENT_TYPES.filter((known) => known.startsWith(prefix))
}

/** One event with its payloads and timings by id or `evt_…`; null when this org has none of that id. */
export async function getEvent(orgId: string, idOrRef: string): Promise<EventDetail | null> {
  const id = eventIdFromRef(idOrRef)
  if (!id) return null
  return withOrg(orgId, async (tx) => {
    const [row] = await tx
      .select()
      .from(events)
      .where(and(eq(events.orgId, orgId), eq(events.id, id)))
    if (!row) return null
    const [payload] = await tx
      .select({ request: eventPayloads.request, response: eventPayloads.response })
      .from(eventPayloads)
      .where(and(eq(eventPayloads.orgId, orgId), eq(eventPayloads.eventId, id)))
    const measured = await tx
      .select({ name: eventTimings.name, ms: eventTimings.ms, count: eventTimings.count })
      .from(eventTimings)
      .where(and(eq(eventTimings.orgId, orgId), eq(eventTimings.eventId, id)))
    const timing = (name: string): EventTiming | null => {
      const found = measured.find((m) => m.name === name)
      return found ? { ms: found.ms, count: found.count } : null
    }
    return {
      ...toView(row),
      request: payload?.request ?? null,
      response: payload?.response ?? null,
      timings: { total: timing('total'), told: timing('told') },
    }
  })
}

// Only this code base writes the column, from the same list.
const asType = (type: string) => type as EventType

export function toView(row: typeof events.$inferSelect): EventView {
  const { orgId: _, ...rest } = row
  return {
    ...rest,
    ref: eventRef(row.id),
    at: row.at.toISOString(),
    type: asType(row.type),
    read: isReadType(row.type),
  }
}

import 'server-only'
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { eventPayloads, events, eventTimings } from '@/db/schema-events'
import { type Tx, withOrg } from '@/db/tenant'
import { eventIdFromRef, eventRef } from '@/lib/ids'
import { everything, type LogFilter } from './log-filter'
import { selectEvents, selectScanEnd, type Wanted, type Window } from './select'
import { EVENT_TYPES, type EventType, isReadType, type Outcome } from './types'
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

export type EventPage = {
  events: EventView[]
  /** The id to give as `before` for the page that follows. */
  next?: string
  /** Only the newest 100,000 rows were looked through; `next` goes on from there. */
  partial?: true
}

/** A page of an org's events, newest first. */
export function listEvents(orgId: string, f: EventFilter = {}): Promise<EventPage> {
  const filter: LogFilter = {
    ...everything,
    types: typesOf(f),
    outcomes: f.outcome ? [f.outcome] : null,
    targetIds: f.targetId === undefined ? null : [f.targetId],
  }
  return listLog(orgId, filter, { from: f.since, to: f.until, before: f.before, after: f.after }, f.limit)
}

function typesOf({ types, reads }: EventFilter): EventType[] | null {
  if (types?.length) return EVENT_TYPES.filter((type) => types.some((wanted) => isOf(type, wanted)))
  return reads ? null : EVENT_TYPES.filter((type) => !isReadType(type))
}

const isOf = (type: EventType, wanted: string) =>
  wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted

/** The page of a search: the newest of its window, or those right after `after`, newest first. */
export function listLog(orgId: string, filter: LogFilter, window: Window, wanted = 50): Promise<EventPage> {
  const limit = Math.min(Math.max(Math.trunc(wanted), 1), MAX_PAGE)
  return withOrg(orgId, async (tx) => {
    if (window.after !== undefined && window.before === undefined) {
      const rows = await readInOrder(tx, orgId, filter, window, { limit, oldestFirst: true })
      return { events: rows.reverse() }
    }
    const rows = await readInOrder(tx, orgId, filter, window, { limit: limit + 1 })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    if (rows.length > limit && last) return { events: page, next: last.id }
    const end = await scanEnd(tx, orgId, filter, window)
    return end ? { events: page, next: end, partial: true } : { events: page }
  })
}

async function scanEnd(tx: Tx, orgId: string, filter: LogFilter, window: Window): Promise<string | undefined> {
  const query = selectScanEnd(orgId, filter, window)
  if (!query) return undefined
  const [row] = await tx.execute<{ id: string }>(query)
  return row?.id
}

/**
 * A few rows of a filter, in order. Where the planner thinks that few match, it would rather fetch all of them and sort;
 * how many match in one company of many it can only guess. Without bitmaps the index that is in order is its cheapest way.
 */
async function readInOrder(tx: Tx, orgId: string, filter: LogFilter, window: Window, wanted: Wanted) {
  // Sent together: no round trip more.
  const [, rows] = await Promise.all([
    tx.execute(sql`set local enable_bitmapscan = off`),
    readEvents(tx, selectEvents(orgId, filter, window, wanted)),
  ])
  return rows
}

/** Rows of a query over all columns of `events`. */
export async function readEvents(tx: Tx, query: SQL): Promise<EventView[]> {
  return (await tx.execute<Row>(query)).map(fromRow)
}

/** The total of each event that was measured, in ms, by event id. */
export async function listDurations(orgId: string, ids: string[]): Promise<Record<string, number>> {
  if (ids.length === 0) return {}
  const rows = await withOrg(orgId, (tx) =>
    tx
      .select({ id: eventTimings.eventId, ms: eventTimings.ms })
      .from(eventTimings)
      .where(and(eq(eventTimings.orgId, orgId), inArray(eventTimings.eventId, ids), eq(eventTimings.name, 'total'))),
  )
  return Object.fromEntries(rows.map(({ id, ms }) => [id, ms]))
}

/** The ids before and after an event in a search: `older` and `newer`, where there are any. */
export async function neighbours(orgId: string, id: string, filter: LogFilter, window: Window) {
  const [older, newer] = await withOrg(orgId, async (tx) => [
    await readInOrder(tx, orgId, filter, { ...window, before: id }, { limit: 1 }),
    await readInOrder(tx, orgId, filter, { ...window, after: id }, { limit: 1, oldestFirst: true }),
  ])
  return { older: older?.[0]?.ref, newer: newer?.[0]?.ref }
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

/** A row as the driver gives it, by the columns' own names. */
type Row = { [K in keyof EventView as Snake<K & string>]: EventView[K] }
type Snake<T extends string> = T extends `${infer A}${infer B}`
  ? `${A extends Lowercase<A> ? A : `_${Lowercase<A>}`}${Snake<B>}`
  : ''

const fromRow = (row: Row): EventView => ({
  id: row.id,
  ref: eventRef(row.id),
  at: new Date(row.at).toISOString(),
  type: row.type,
  outcome: row.outcome,
  actorKind: row.actor_kind,
  actorId: row.actor_id,
  actorName: row.actor_name,
  targetKind: row.target_kind,
  targetId: row.target_id,
  targetName: row.target_name,
  method: row.method,
  path: row.path,
  status: row.status,
  diff: row.diff,
  effects: row.effects,
  trace: row.trace,
  error: row.error,
  oktaEvent: row.okta_event,
  requestId: row.request_id,
  ip: row.ip,
  count: row.count,
  read: isReadType(row.type),
})

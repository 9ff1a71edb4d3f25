import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { withOrg } from '@/db/tenant'
import { HOUR, lastSettled, rollUp } from './hours'
import { floorId } from './id-range'
import { everything, type LogFilter } from './log-filter'
import { countRunning } from './running-hours'
import { MAX_SCAN, selectEvents } from './select'
import type { EventType, Outcome } from './types'

export type Bar = { at: string; total: number } & Record<Outcome, number>
export type Histogram = {
  /** ISO 8601; the first bar begins at or before `from`. */
  from: string
  to: string
  stepMs: number
  bars: Bar[]
  /** False: some hours are still being counted, or only the newest rows were. */
  complete: boolean
}

/** What of a log falls into one bar. */
export type Slot = { at: number; type: EventType; outcome: Outcome; n: number }

const MINUTE = 60_000
const STEPS = [
  ...[1, 5, 15, 30].map((n) => n * 1000),
  ...[1, 2, 3, 5].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 48, 168, 336, 720].map((n) => n * HOUR),
]
/** Up to here minutes are counted where they are; beyond, hours come from the roll-up. */
const DIRECT_MS = 3 * HOUR
const NEWEST = 10_000

/** The smallest step of round numbers that covers a span in `most` bars. */
function stepFor(from: number, to: number, most: number): number {
  const bars = (step: number) => Math.ceil(to / step) - Math.floor(from / step)
  const fits = STEPS.filter((step) => (to - from <= DIRECT_MS || step >= HOUR) && bars(step) <= most)
  return fits[0] ?? Math.ceil((to - from) / most / HOUR) * HOUR
}

type Options = { from: Date; to: Date; buckets: number }

/**
 * How many events there were and how they ended, in `buckets` bars at most. Hours that are over are read from the
 * roll-up, the running one and spans of three hours at most from the events; a filter by anything but type and outcome
 * counts its newest 10,000 events.
 */
export async function histogram(orgId: string, options: Options, filter = everything): Promise<Histogram> {
  const { slots, stepMs, complete } = await slotsOf(orgId, options, filter)
  return toHistogram(options, stepMs, complete, slots, filter)
}

/** True when the roll-up can answer: it knows types and outcomes only. */
export const rolledUp = ({ actorKinds, actorIds, targetIds, loose }: LogFilter): boolean =>
  !actorKinds && !actorIds && !targetIds && loose.length === 0

const allowedBy = (f: LogFilter) => (slot: Slot) =>
  (f.types === null || f.types.includes(slot.type)) && (f.outcomes === null || f.outcomes.includes(slot.outcome))

type Slots = { slots: Slot[]; stepMs: number; complete: boolean }

/** The counts behind the bars, by type and outcome; those of the roll-up for all types, whatever the filter. */
export async function slotsOf(orgId: string, { from, to, buckets }: Options, filter: LogFilter): Promise<Slots> {
  const [start, end] = [from.getTime(), Math.max(to.getTime(), from.getTime() + 1000)]
  const stepMs = stepFor(start, end, Math.min(Math.max(buckets, 1), 60))
  if (!rolledUp(filter)) return { stepMs, ...(await newest(orgId, filter, from, to, stepMs)) }
  if (end - start <= DIRECT_MS) return { stepMs, ...(await direct(orgId, start, end, stepMs)) }
  const complete = await rollUp(orgId, start, end)
  const firstWhole = Math.ceil(start / HOUR) * HOUR
  const lastWhole = Math.max(Math.min(lastSettled(), Math.floor(end / HOUR) * HOUR), firstWhole)
  const counted = sql`
    select ${slot(sql`hour`, stepMs)} as at, type, outcome, sum(n)::int as n from event_hours
    where org_id = ${orgId}::uuid and hour >= ${iso(firstWhole)}::timestamptz and hour < ${iso(lastWhole)}::timestamptz
      and n > 0 group by 1, 2, 3`
  const edge = (since: number, until: number) => grouped(inside(orgId, since, until), stepMs)
  const [over, running] = await Promise.all([
    read(orgId, sql`${counted} union all ${edge(start, firstWhole)}`),
    countRunning(orgId, lastWhole, end),
  ])
  const slotAt = (at: number) => Math.floor(at / stepMs) * stepMs
  return { stepMs, complete, slots: [...over, ...running.map((each) => ({ ...each, at: slotAt(each.at) }))] }
}

async function direct(orgId: string, start: number, end: number, stepMs: number) {
  const rows = sql`${inside(orgId, start, end)} order by id desc limit ${MAX_SCAN}`
  return bounded(await read(orgId, grouped(rows, stepMs)), MAX_SCAN)
}

const inside = (orgId: string, since: number, until: number) => sql`select at, type, outcome from events
  where org_id = ${orgId}::uuid and id >= ${floorId(since)}::uuid and id < ${floorId(until)}::uuid`

async function newest(orgId: string, filter: LogFilter, from: Date, to: Date, stepMs: number) {
  const columns = sql`at, type, outcome`
  const rows = selectEvents(orgId, filter, { from, to }, { limit: NEWEST, columns })
  return bounded(await read(orgId, grouped(rows, stepMs)), NEWEST)
}

const bounded = (slots: Slot[], most: number) => ({
  slots,
  complete: slots.reduce((sum, { n }) => sum + n, 0) < most,
})

const grouped = (rows: SQL, stepMs: number) =>
  sql`select ${slot(sql`at`, stepMs)} as at, type, outcome, count(*)::int as n from (${rows}) e group by 1, 2, 3`

const slot = (column: SQL, stepMs: number) =>
  sql`(floor(extract(epoch from ${column}) * 1000 / ${sql.raw(String(stepMs))}) * ${sql.raw(String(stepMs))})::bigint::text`

const iso = (ms: number) => new Date(ms).toISOString()

async function read(orgId: string, query: SQL): Promise<Slot[]> {
  const rows = await withOrg(orgId, (tx) =>
    tx.execute<{ at: string; type: EventType; outcome: Outcome; n: number }>(query),
  )
  return rows.map((row) => ({ ...row, at: Number(row.at) }))
}

/** The slots a filter allows as bars, empty ones too. */
export function toHistogram(
  { from, to }: Omit<Options, 'buckets'>,
  stepMs: number,
  complete: boolean,
  slots: Slot[],
  filter: LogFilter,
): Histogram {
  const first = Math.floor(from.getTime() / stepMs) * stepMs
  const bars: Bar[] = []
  for (let at = first; at < to.getTime(); at += stepMs) {
    bars.push({ at: iso(at), total: 0, success: 0, failed: 0, skipped: 0, blocked: 0 })
  }
  for (const { at, outcome, n } of slots.filter(allowedBy(filter))) {
    const bar = bars[(at - first) / stepMs]
    if (!bar) continue
    bar[outcome] += n
    bar.total += n
  }
  return { from: from.toISOString(), to: to.toISOString(), stepMs, bars, complete }
}

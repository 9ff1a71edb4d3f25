import 'server-only'
import { sql } from 'drizzle-orm'
import { type Tx, withOrg } from '@/db/tenant'
import { log } from '@/lib/log'
import { once } from '@/lib/process'
import { floorId } from './id-range'
import { outside } from './outside'

export const HOUR = 3_600_000
/** An hour is over when what began in it must have been committed. */
export const SETTLE_MS = 60_000
const BUDGET_MS = 80
/** Hours counted at once: few where many events are, more where they turn out quick. */
const FEWEST = 4
const MOST = 24 * 60
const QUICK_MS = 25

/** Whole hours up to here may be counted for good. */
export const lastSettled = (now = Date.now()): number => Math.floor((now - SETTLE_MS) / HOUR) * HOUR

type Known = { from: number; to: number }
/** Spans known to be counted, so that a look at the log need not ask again. */
const counted = () => once('events.hours', () => new Map<string, Known>())
const running = () => once('events.hours.running', () => new Set<string>())

/**
 * Counts the hours of [from, to) that nobody has counted yet into event_hours, newest first. What takes longer than a
 * moment goes on by itself; false means some are still missing. An empty type with n = 0 marks an hour as counted.
 */
export async function rollUp(orgId: string, from: number, to: number): Promise<boolean> {
  const end = Math.min(to, lastSettled())
  const known = counted().get(orgId)
  if (from >= end || (known && known.from <= from && known.to >= end)) return true
  if (await work(orgId, from, end, Date.now() + BUDGET_MS)) return remember(orgId, from, end)
  goOn(orgId, from, end)
  return false
}

/** Counts until nothing is missing (true) or the time is over. */
async function work(orgId: string, from: number, to: number, until: number): Promise<boolean> {
  for (let hours = FEWEST, start = Date.now(); start < until; start = Date.now()) {
    if (await rollUpSome(orgId, from, to, hours)) return true
    hours = Date.now() - start < QUICK_MS ? Math.min(hours * 4, MOST) : Math.max(Math.ceil(hours / 2), FEWEST)
  }
  return false
}

function remember(orgId: string, from: number, to: number): true {
  const known = counted().get(orgId)
  const meets = known && known.from <= to && from <= known.to
  counted().set(orgId, meets ? { from: Math.min(known.from, from), to: Math.max(known.to, to) } : { from, to })
  return true
}

function goOn(orgId: string, from: number, to: number) {
  if (running().has(orgId)) return
  running().add(orgId)
  const run = async () => {
    await work(orgId, from, to, Number.POSITIVE_INFINITY)
    remember(orgId, from, to)
  }
  void outside(run)
    .catch((err) => log().warn({ err }, 'the hours of the log could not be counted'))
    .finally(() => running().delete(orgId))
}

/** The newest hours not counted yet, `most` of them. True when none were left. */
const rollUpSome = (orgId: string, from: number, to: number, most: number) =>
  withOrg(orgId, async (tx) => {
    const first = Math.max(Math.floor(from / HOUR) * HOUR, await firstHour(tx, orgId))
    const missing = await tx.execute<{ ms: string }>(sql`
      select (extract(epoch from h) * 1000)::bigint::text as ms
      from generate_series(${iso(first)}::timestamptz, ${iso(to - HOUR)}::timestamptz, '1 hour') h
      where not exists (select from event_hours e where e.org_id = ${orgId}::uuid and e.hour = h and e.type = '')
      order by h desc limit ${most}`)
    const newest = Number(missing[0]?.ms)
    const oldest = Number(missing.at(-1)?.ms)
    if (missing.length === 0) return true
    // Hours between two missing ones may be there already: their rows are the same, and stay.
    const since = Math.max(oldest, newest - (most - 1) * HOUR)
    await tx.execute(sql`
      insert into event_hours (org_id, hour, type, outcome, n)
      select ${orgId}::uuid, date_trunc('hour', at, 'UTC'), type, outcome, count(*)::int from events
      where org_id = ${orgId}::uuid and id >= ${floorId(since)}::uuid and id < ${floorId(newest + HOUR)}::uuid
      group by 1, 2, 3, 4
      union all
      select ${orgId}::uuid, h, '', 'success', 0
      from generate_series(${iso(since)}::timestamptz, ${iso(newest)}::timestamptz, '1 hour') h
      on conflict do nothing`)
    return missing.length < most && oldest >= since
  })

const iso = (ms: number) => new Date(ms).toISOString()

/** The hour of the org's oldest event: before it there is nothing to count. */
async function firstHour(tx: Tx, orgId: string): Promise<number> {
  const [row] = await tx.execute<{ ms: string }>(sql`
    select (extract(epoch from date_trunc('hour', at, 'UTC')) * 1000)::bigint::text as ms
    from events where org_id = ${orgId}::uuid order by id limit 1`)
  return row ? Number(row.ms) : Date.now()
}

import 'server-only'
import { sql } from 'drizzle-orm'
import { visibleOrg, withOrg } from '@/db/tenant'
import { once } from '@/lib/process'
import { HOUR, SETTLE_MS } from './hours'
import { floorId } from './id-range'
import type { EventType, Outcome } from './types'

/** How many events of a kind began in an hour; `at` is its beginning. */
export type HourCount = { at: number; type: EventType; outcome: Outcome; n: number }

/** What of the hours since `from` is counted for good, up to `to`. */
type Known = { from: number; to: number; counts: HourCount[] }
const known = () => once('events.hours.known', () => new Map<string, Known>())
const MOST_ORGS = 1000

/**
 * Counts of the hours from `from`, a whole one, to `to` that the roll-up does not have yet. What must have been committed is
 * remembered in this process, so that a first import of a large company is counted once and not at every look.
 */
export async function countRunning(orgId: string, from: number, to: number): Promise<HourCount[]> {
  const settled = Math.min(Date.now() - SETTLE_MS, to)
  // By whose rows were seen: what one company's credential counted answers no other.
  const key = `${visibleOrg(orgId)} ${orgId}`
  const before = known().get(key)
  const base = before?.from === from && before.to <= settled ? before : { from, to: from, counts: [] }
  const rows = await read(orgId, base.to, settled, to)
  const counts = added(
    base.counts,
    rows.filter((row) => row.settled),
  )
  if (settled > from) remember(key, { from, to: settled, counts })
  return added(
    counts,
    rows.filter((row) => !row.settled),
  )
}

function remember(key: string, entry: Known) {
  const all = known()
  // The longest untouched goes first.
  all.delete(key)
  all.set(key, entry)
  for (const oldest of all.keys()) if (all.size > MOST_ORGS) all.delete(oldest)
}

function added(counts: readonly HourCount[], more: readonly HourCount[]): HourCount[] {
  const sums = new Map<string, HourCount>()
  for (const { at, type, outcome, n } of [...counts, ...more]) {
    const key = `${at} ${type} ${outcome}`
    sums.set(key, { at, type, outcome, n: n + (sums.get(key)?.n ?? 0) })
  }
  return [...sums.values()]
}

async function read(orgId: string, since: number, settled: number, until: number) {
  const at = sql`(floor(extract(epoch from at) * 1000 / ${sql.raw(String(HOUR))}) * ${sql.raw(String(HOUR))})::bigint::text`
  const rows = await withOrg(orgId, (tx) =>
    tx.execute<{ at: string; type: EventType; outcome: Outcome; settled: boolean; n: number }>(sql`
      select ${at} as at, type, outcome, id < ${floorId(settled)}::uuid as settled, count(*)::int as n from events
      where org_id = ${orgId}::uuid and id >= ${floorId(since)}::uuid and id < ${floorId(until)}::uuid
      group by 1, 2, 3, 4`),
  )
  return rows.map((row) => ({ ...row, at: Number(row.at) }))
}

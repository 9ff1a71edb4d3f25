import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from './tenant'

/**
 * The rows of a query that wants the few rows of one org, or counts them up to a limit: read by an index, never by the
 * table.
 */
export async function byIndex<T extends Record<string, unknown>>(tx: Tx, query: SQL) {
  // Sent together: no round trip more.
  const [, rows] = await Promise.all([indexesOnly(tx), tx.execute<T>(query)])
  return rows
}

/**
 * From here to the end of the transaction whole tables are not read. The planner takes an org's rows for spread evenly over
 * a table that many share, and would rather read that until it has met enough of them; they lie together, and that may be
 * at its end (seen: 1.3 s to count people of a company of 100,000 among 1,000,000).
 */
export async function indexesOnly(tx: Tx): Promise<void> {
  await Promise.all([
    tx.execute(sql`set local enable_seqscan = off`),
    tx.execute(sql`set local enable_bitmapscan = off`),
    // Nor by several processes: to start them takes longer than they save.
    tx.execute(sql`set local max_parallel_workers_per_gather = 0`),
  ])
}

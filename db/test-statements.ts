import type { ParameterOrJSON } from 'postgres'
import { openForTest, pool } from './client'

/** What opens, scopes and closes a transaction: the same few for every page. */
const FRAME = /^\s*(begin|commit|rollback|set local|savepoint|release)\b/i
/** What a transaction tells the planner, until its end. */
const PLANNER = /^\s*set local enable_(\w+) = off$/i
/** What the driver asks the catalogue about types, once a connection. */
const TYPES = /\bpg_catalog\.pg_type\b/

type Sent = { statement: string; values: unknown[] }

function watch(): (run: () => Promise<unknown>) => Promise<Sent[]> {
  let seen: Sent[] = []
  openForTest({
    note: (statement, values) => {
      if (!TYPES.test(statement)) seen.push({ statement, values })
    },
  })
  return async (run) => {
    seen = []
    await run()
    return [...seen]
  }
}

/**
 * For tests, once: what pages ask of the database. `statements(() => page())` gives what `page` sent, in order, without the
 * frames of transactions. `rowsRead(orgId, () => page())` gives how many rows the database looked at for it, whether it
 * kept them or not, as EXPLAIN ANALYZE of each statement says: a measure of work that no other load on the machine
 * changes. For reads only, since each statement runs twice.
 */
export function watchDatabase() {
  const sent = watch()
  return {
    statements: async (run: () => Promise<unknown>): Promise<string[]> =>
      (await sent(run)).map(({ statement }) => statement).filter((statement) => !FRAME.test(statement)),
    rowsRead: async (orgId: string, run: () => Promise<unknown>): Promise<number> => {
      const asked = await sent(run)
      return pool().begin('read only', async (sql) => {
        await sql.unsafe(`set local app.org_id = '${orgId}'`)
        let rows = 0
        let told: string[] = []
        for (const { statement, values } of asked) {
          const [, planner] = PLANNER.exec(statement) ?? []
          if (planner) {
            await sql.unsafe(statement)
            told.push(planner)
          }
          if (/^\s*begin/i.test(statement)) {
            for (const each of told) await sql.unsafe(`set local enable_${each} to default`)
            told = []
          }
          if (FRAME.test(statement)) continue
          // The very values that the driver sent.
          const given = values as ParameterOrJSON<never>[]
          const [row] = await sql.unsafe(`explain (analyze, timing off, format json) ${statement}`, given)
          rows += scannedIn(row?.['QUERY PLAN'][0].Plan)
        }
        return rows
      })
    },
  }
}

/** A node of EXPLAIN's JSON, as far as it is read here. */
type Plan = {
  'Node Type': string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Plan[]
}

/** Rows that came out of tables and indexes, and those a scan dropped; per loop, as EXPLAIN counts. */
function scannedIn(plan: Plan): number {
  const below = (plan.Plans ?? []).reduce((sum, each) => sum + scannedIn(each), 0)
  if (!/^(Seq|Index|Index Only|Bitmap Heap|Tid) Scan$/.test(plan['Node Type'])) return below
  const dropped = (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0)
  return below + (plan['Actual Rows'] + dropped) * plan['Actual Loops']
}

import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { sql } from 'drizzle-orm'
import { once } from '@/lib/process'
import { database } from './client'

export type Tx = Parameters<Parameters<ReturnType<typeof database>['transaction']>[0]>[0]

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const scope = () => once('db.scope', () => new AsyncLocalStorage<{ orgId: string; tx: Tx }>())

/**
 * Runs `fn` in one transaction that can see and write the rows of one org only: row-level security compares every row
 * with `app.org_id`. Nested calls for the same org join the transaction; for another org they throw.
 */
export async function withOrg<T>(orgId: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
  if (!UUID.test(orgId)) throw new Error('withOrg needs the uuid of an org')
  const outer = scope().getStore()
  if (outer) {
    if (outer.orgId !== orgId) throw new Error('A transaction belongs to one org; another cannot be opened inside it')
    return fn(outer.tx)
  }
  return database().transaction(async (tx) => {
    // Its own message, and SET LOCAL instead of set_config: see DISTRIBUTED §3.
    await tx.execute(sql.raw(`set local app.org_id = '${orgId}'`))
    return scope().run({ orgId, tx }, () => fn(tx))
  })
}

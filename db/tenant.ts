import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { sql } from 'drizzle-orm'
import { env } from '@/lib/env'
import { once } from '@/lib/process'
import { makeBulkhead } from './bulkhead'
import { database } from './client'

export type Tx = Parameters<Parameters<ReturnType<typeof database>['transaction']>[0]>[0]

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const scope = () => once('db.scope', () => new AsyncLocalStorage<{ orgId: string; tx: Tx }>())

const confinement = () => once('db.confinement', () => new AsyncLocalStorage<string>())

/**
 * Inside `fn` row-level security shows the rows of this org and of no other, whatever org a query or `withOrg` names: the
 * setting comes from whoever was authenticated, not from what a handler made of the request. It only ever narrows, since
 * a query still has to name the org whose rows it wants.
 */
export function confine<T>(orgId: string, fn: () => Promise<T>): Promise<T> {
  if (!UUID.test(orgId)) throw new Error('confine needs the uuid of an org')
  return confinement().run(orgId, fn)
}

/** The org that row-level security is set to where `orgId` is asked for: the one confined to, if there is one. */
export const visibleOrg = (orgId: string): string => confinement().getStore() ?? orgId

/** The statement that opens a transaction to that org. It goes as a message of its own (DISTRIBUTED §3). */
export function setOrg(orgId: string): string {
  if (!UUID.test(orgId)) throw new Error('A transaction needs the uuid of an org')
  return `set local app.org_id = '${visibleOrg(orgId)}'`
}

const bulkhead = () => once('db.bulkhead', () => makeBulkhead(env().DATABASE_POOL))

/**
 * Runs what uses one connection of the pool when it is this org's turn for one. Inside a transaction at once: to wait
 * there, holding a connection, could be for oneself.
 */
export const connected = <T>(orgId: string, run: () => Promise<T>): Promise<T> =>
  scope().getStore() ? run() : bulkhead()(orgId, run)

/**
 * Runs `fn` in one transaction that can see and write the rows of one org only: row-level security compares every row
 * with `app.org_id`, inside `confine` the org confined to. Nested calls for the same org join the transaction; for
 * another org they throw.
 */
export async function withOrg<T>(orgId: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
  if (!UUID.test(orgId)) throw new Error('withOrg needs the uuid of an org')
  const outer = scope().getStore()
  if (outer) {
    if (outer.orgId !== orgId) throw new Error('A transaction belongs to one org; another cannot be opened inside it')
    return fn(outer.tx)
  }
  return connected(orgId, () =>
    database().transaction(async (tx) => {
      // Its own message, and SET LOCAL instead of set_config: see DISTRIBUTED §3.
      await tx.execute(sql.raw(setOrg(orgId)))
      return scope().run({ orgId, tx }, () => fn(tx))
    }),
  )
}

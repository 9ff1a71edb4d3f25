import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { byIndex } from '@/db/by-index'
import { users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { matching, type UserFilter, type UserTab, wordsOf } from './list-users-query'

/** Above this many are not counted: the word is "10,000+". */
export const COUNTED_TO = 10_000

/** How many people each tab holds under the same filters: exact to 10,000, above that 10,001. */
export async function countUsers(orgId: string, filter: UserFilter = {}): Promise<Record<UserTab, number>> {
  const searched = wordsOf(filter.q).length > 0
  const [row] = await withOrg(orgId, (tx) =>
    byIndex<{ active: number; inactive: number }>(tx, searched ? found(orgId, filter) : bounded(orgId, filter)),
  )
  const active = Math.min(row?.active ?? 0, COUNTED_TO + 1)
  const inactive = Math.min(row?.inactive ?? 0, COUNTED_TO + 1)
  return { active, inactive, all: Math.min(active + inactive, COUNTED_TO + 1) }
}

/** Each tab up to its limit. */
function bounded(orgId: string, filter: UserFilter): SQL {
  const one = (tab: UserTab) =>
    sql`(select count(*)::int from (select 1 from ${users} where ${matching(orgId, { ...filter, tab })} limit ${COUNTED_TO + 1}) x)`
  return sql`select ${one('active')} as active, ${one('inactive')} as inactive`
}

/** A search looks through everybody, so once for both tabs. */
const found = (orgId: string, filter: UserFilter): SQL => sql`
  select count(*) filter (where ${users.active})::int as active, count(*) filter (where not ${users.active})::int as inactive
  from ${users} where ${matching(orgId, { ...filter, tab: 'all' })}`

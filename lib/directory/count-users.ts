import 'server-only'
import { sql } from 'drizzle-orm'
import { byIndex } from '@/db/by-index'
import { users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { matching, type UserFilter, type UserTab, wordsOf } from './list-users-query'

/** Above this many are not counted: the word is "10,000+". */
export const COUNTED_TO = 10_000

/** How many people each tab holds under the same filters: exact to 10,000, above that 10,001. */
export async function countUsers(orgId: string, filter: UserFilter = {}): Promise<Record<UserTab, number>> {
  if (wordsOf(filter.q).length > 0) {
    const found = await countFound(orgId, filter)
    if (found) return found
  }
  const bounded = (tab: UserTab) =>
    sql`(select count(*)::int from (select 1 from ${users} where ${matching(orgId, { ...filter, tab })} limit ${COUNTED_TO + 1}) x)`
  const [row] = await withOrg(orgId, (tx) =>
    byIndex<{ active: number; inactive: number }>(
      tx,
      sql`select ${bounded('active')} as active, ${bounded('inactive')} as inactive`,
    ),
  )
  return withAll(row?.active ?? 0, row?.inactive ?? 0)
}

const withAll = (active: number, inactive: number) => ({
  active,
  inactive,
  all: Math.min(active + inactive, COUNTED_TO + 1),
})

/** A search looks through everybody, so once for both tabs; null: it found more than two tabs count. */
async function countFound(orgId: string, filter: UserFilter): Promise<Record<UserTab, number> | null> {
  const most = 2 * (COUNTED_TO + 1)
  const everybody = matching(orgId, { ...filter, tab: 'all' })
  const [row] = await withOrg(orgId, (tx) =>
    byIndex<{ active: number; inactive: number }>(
      tx,
      sql`select count(*) filter (where active)::int as active, count(*) filter (where not active)::int as inactive
        from (select ${users.active} from ${users} where ${everybody} limit ${most}) x`,
    ),
  )
  const { active = 0, inactive = 0 } = row ?? {}
  if (active + inactive >= most) return null
  return withAll(Math.min(active, COUNTED_TO + 1), Math.min(inactive, COUNTED_TO + 1))
}

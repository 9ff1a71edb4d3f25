import 'server-only'
import { sql } from 'drizzle-orm'
import { byIndex } from '@/db/by-index'
import { users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { matching, type UserFilter, type UserTab } from './list-users-query'

/** Above this many are not counted: the word is "10,000+". */
export const COUNTED_TO = 10_000

/** How many people each tab holds under the same filters: exact to 10,000, above that 10,001. */
export async function countUsers(orgId: string, filter: UserFilter = {}): Promise<Record<UserTab, number>> {
  const bounded = (tab: UserTab) =>
    sql`(select count(*)::int from (select 1 from ${users} where ${matching(orgId, { ...filter, tab })} limit ${COUNTED_TO + 1}) x)`
  const [row] = await withOrg(orgId, (tx) =>
    byIndex<{ active: number; inactive: number }>(
      tx,
      sql`select ${bounded('active')} as active, ${bounded('inactive')} as inactive`,
    ),
  )
  const { active = 0, inactive = 0 } = row ?? {}
  return { active, inactive, all: Math.min(active + inactive, COUNTED_TO + 1) }
}

import 'server-only'
import { and, asc, count, eq, isNull } from 'drizzle-orm'
import { users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { isId } from '@/lib/ids'
import type { ListQuery } from '@/lib/scim/list'
import { userSource } from './filter-sources'
import { filterSql } from './filter-sql'
import { noSuchUser } from './scim-users'
import type { UserRow } from './user-state'

/** The user of this org with this id. ScimError 404, the same for another org's, a deleted and an invented id. */
export async function getUser(orgId: string, id: string): Promise<UserRow> {
  if (!isId(id)) throw noSuchUser(id)
  const [row] = await withOrg(orgId, (tx) =>
    tx
      .select()
      .from(users)
      .where(and(eq(users.orgId, orgId), eq(users.id, id), isNull(users.deletedAt))),
  )
  if (!row) throw noSuchUser(id)
  return row
}

/** A page in the order people were created, and how many match in all (RFC 7644 §3.4.2). */
export async function listUsers(
  orgId: string,
  q: ListQuery,
  baseUrl: string,
): Promise<{ rows: UserRow[]; total: number }> {
  const where = and(
    eq(users.orgId, orgId),
    isNull(users.deletedAt),
    q.filter ? filterSql(q.filter, userSource(baseUrl)) : undefined,
  )
  return withOrg(orgId, async (tx) => {
    const [total] = await tx.select({ n: count() }).from(users).where(where)
    const rows =
      q.count === 0
        ? []
        : await tx
            .select()
            .from(users)
            .where(where)
            .orderBy(asc(users.createdAt), asc(users.id))
            .limit(q.count)
            .offset(q.startIndex - 1)
    return { rows, total: total?.n ?? 0 }
  })
}

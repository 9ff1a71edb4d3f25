import 'server-only'
import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm'
import { indexesOnly } from '@/db/by-index'
import { groupMembers, groups, users } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import type { Role } from '@/db/types'
import { pageOf } from './keyset-page'
import { matching, placeOf, sortKey, type UserQuery, wordsOf } from './list-users-query'

export type { UserQuery, UserSort, UserTab } from './list-users-query'

export type UserListItem = {
  id: string
  userName: string
  displayName: string
  email: string | null
  role: Role
  active: boolean
  held: boolean
  source: 'okta' | 'jit' | 'local'
  title: string | null
  createdAt: Date
  lastSignInAt: Date | null
  updatedAt: Date
  groups: { total: number; names: string[] }
}

export type UserPage = { users: UserListItem[]; next?: string; prev?: string }

const columns = {
  id: users.id,
  userName: users.userName,
  displayName: users.displayName,
  email: users.email,
  role: users.role,
  active: users.active,
  held: users.held,
  source: users.source,
  title: sql<string | null>`${users.attributes} ->> 'title'`,
  createdAt: users.createdAt,
  lastSignInAt: users.lastSignInAt,
  updatedAt: users.updatedAt,
}

const MAX_PAGE = 1000

/**
 * A page of people under filters and a sort, by keyset: `next` and `prev` are places to give as `after` and `before`,
 * and hold wherever rows come and go. A place that is none of this sort shows the first page.
 */
export async function listUsers(orgId: string, query: UserQuery = {}): Promise<UserPage> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), MAX_PAGE)
  return withOrg(orgId, async (tx) => {
    const page = (await readPage(tx, orgId, query, limit)) ?? (await readPage(tx, orgId, first(query), limit))
    const { rows, next, prev } = page ?? { rows: [], next: undefined, prev: undefined }
    const memberships = await groupNames(
      tx,
      orgId,
      rows.map(({ id }) => id),
    )
    const shown = rows.map(({ key: _, ...row }) => ({
      ...row,
      groups: memberships.get(row.id) ?? { total: 0, names: [] },
    }))
    return { users: shown, ...(next ? { next } : {}), ...(prev ? { prev } : {}) }
  })
}

const first = ({ after: _, before: __, ...query }: UserQuery): UserQuery => query

/** One page; null when it is asked for backwards and would not be full: then the first page has everybody before. */
async function readPage(tx: Tx, orgId: string, query: UserQuery, limit: number) {
  const { sort = 'name', order = sort === 'name' ? 'asc' : 'desc' } = query
  const given = query.before ?? query.after
  const place = given === undefined ? undefined : placeOf(sort, given)
  const backwards = place !== undefined && query.before !== undefined
  const { key, type } = sortKey(sort)
  const upwards = (order === 'asc') !== backwards
  const beyond = place
    ? sql`(${key}, ${users.id}) ${sql.raw(upwards ? '>' : '<')} (${place.key}::${sql.raw(type)}, ${place.id}::uuid)`
    : undefined
  const direction = upwards ? asc : desc
  const searched = wordsOf(query.q).length > 0
  // Who first, then their rows. A search looks through everybody by the one index that holds all it needs, by name: of
  // an order that no index has (`greatest` changes nothing) none can lead the planner through the rows instead.
  const page = tx
    .select({ orgId: users.orgId, id: users.id, key: sql<string>`${key}`.as('key') })
    .from(users)
    .where(and(matching(orgId, query), beyond))
    .orderBy(direction(searched && type === 'timestamptz' ? sql`greatest(${key})` : key), direction(users.id))
    .limit(limit + 1)
    .as('page')
  const rows = tx
    .select({ ...columns, key: sql<string>`${page.key}::text` })
    .from(page)
    .innerJoin(users, and(eq(users.orgId, orgId), eq(users.orgId, page.orgId), eq(users.id, page.id)))
    .orderBy(direction(page.key), direction(page.id))
  const found = searched ? (await Promise.all([indexesOnly(tx), rows]))[1] : await rows
  return pageOf(found, limit, { place, backwards })
}

/** How many groups each person is in, and the first two by name: one statement for a whole page. */
async function groupNames(tx: Tx, orgId: string, ids: string[]): Promise<Map<string, UserListItem['groups']>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({
      userId: groupMembers.userId,
      total: count(),
      names: sql<string[]>`(array_agg(${groups.displayName} order by ${groups.displayNameKey}))[1:2]`,
    })
    .from(groupMembers)
    .innerJoin(groups, and(eq(groups.orgId, groupMembers.orgId), eq(groups.id, groupMembers.groupId)))
    .where(and(eq(groupMembers.orgId, orgId), inArray(groupMembers.userId, ids)))
    .groupBy(groupMembers.userId)
  return new Map(rows.map(({ userId, total, names }) => [userId, { total, names }]))
}

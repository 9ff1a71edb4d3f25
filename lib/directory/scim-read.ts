import 'server-only'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { UserKey } from '@/db/find-user'
import { listPeople } from '@/db/list-people'
import { groups, users } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import { isId } from '@/lib/ids'
import type { ListQuery } from '@/lib/scim/list'
import { foldKey } from '@/lib/scim/text'
import { groupSource, userSource } from './filter-sources'
import { folded } from './filter-sql'
import { groupsOfUsers, membersOfGroups, type Ref } from './memberships'
import { type GroupRow, noSuchGroup } from './scim-groups'
import { type ListSource, listPage } from './scim-list'
import { noSuchUser } from './scim-users'
import type { UserRow } from './user-state'
import { findQuickly } from './write-user'

export type UserFound = { row: UserRow; groups: Ref[] }
/** `members` is left out where nobody asked for them. */
export type GroupFound = { row: GroupRow; members?: Ref[] }
export type Found = ({ type: 'User' } & UserFound) | ({ type: 'Group' } & GroupFound)

export type Listed<T> = { found: T[]; total: number; nextCursor?: string }

/** The user of this org with this id. ScimError 404, the same for another org's, a deleted and an invented id. */
export async function getUser(orgId: string, id: string): Promise<UserFound> {
  const found = isId(id) ? await findOne(orgId, { id }) : null
  if (!found) throw noSuchUser(id)
  return found
}

async function findOne(orgId: string, key: UserKey): Promise<UserFound | null> {
  const person = await findQuickly(orgId, key)
  return person && { row: person.found.row, groups: person.memberOf }
}

/** The one person a filter names by a key, as every look-up of Okta's does; null for any other query. */
function keyOf({ filter, startIndex, count, cursor }: ListQuery): UserKey | null {
  if (filter?.kind !== 'compare' || filter.op !== 'eq' || typeof filter.value !== 'string') return null
  if (startIndex !== 1 || count === 0 || cursor !== undefined) return null
  const { value } = filter
  switch (filter.path.text) {
    case 'id':
      return isId(value) ? { id: value } : null
    case 'userName':
      return { userNameKey: foldKey(value) }
    case 'externalId':
      return { externalId: value }
    default:
      return null
  }
}

/** A page by index of everybody as they were created, as an import of Okta's asks for them. */
const isPlain = ({ filter, sortBy, sortOrder, cursor }: ListQuery): boolean =>
  filter === undefined && sortBy === undefined && cursor === undefined && sortOrder === 'ascending'

/** The group of this org with this id, without its members where nobody asked for them. ScimError 404 otherwise. */
export async function getGroup(orgId: string, id: string, withMembers: boolean): Promise<GroupFound> {
  const [found] = isId(id) ? await withOrg(orgId, (tx) => loadGroups(tx, orgId, [id], withMembers)) : []
  if (!found) throw noSuchGroup(id)
  return found
}

/** A page of people and how many match in all (RFC 7644 §3.4.2); in the order they were created unless sorted. */
export async function listUsers(orgId: string, q: ListQuery, baseUrl: string): Promise<Listed<UserFound>> {
  const key = keyOf(q)
  if (key) {
    const found = await findOne(orgId, key)
    return { found: found ? [found] : [], total: found ? 1 : 0 }
  }
  if (isPlain(q)) {
    const { total, people } = await listPeople(orgId, q.startIndex - 1, q.count)
    return { total, found: people }
  }
  return withOrg(orgId, async (tx) => {
    const { ids, ...page } = await listPage(tx, orgId, [usersOf(orgId, baseUrl)], q)
    return { ...page, found: await loadUsers(tx, orgId, idsOf(ids)) }
  })
}

/** The same for groups. */
export async function listGroups(
  orgId: string,
  q: ListQuery,
  baseUrl: string,
  withMembers: boolean,
): Promise<Listed<GroupFound>> {
  return withOrg(orgId, async (tx) => {
    const { ids, ...page } = await listPage(tx, orgId, [groupsOf(orgId, baseUrl)], q)
    return { ...page, found: await loadGroups(tx, orgId, idsOf(ids), withMembers) }
  })
}

/** Users and groups in one list (RFC 7644 §3.4.2.1). */
export async function listAll(
  orgId: string,
  q: ListQuery,
  baseUrl: string,
  withMembers: boolean,
): Promise<Listed<Found>> {
  return withOrg(orgId, async (tx) => {
    const { ids, ...page } = await listPage(tx, orgId, [usersOf(orgId, baseUrl), groupsOf(orgId, baseUrl)], q)
    const people = await loadUsers(tx, orgId, idsOf(ids.filter((each) => each.type === 'User')))
    const teams = await loadGroups(tx, orgId, idsOf(ids.filter((each) => each.type === 'Group')), withMembers)
    const byId = new Map<string, Found>()
    for (const each of people) byId.set(each.row.id, { type: 'User', ...each })
    for (const each of teams) byId.set(each.row.id, { type: 'Group', ...each })
    return { ...page, found: ids.flatMap(({ id }) => byId.get(id) ?? []) }
  })
}

const idsOf = (ids: readonly { id: string }[]): string[] => ids.map((each) => each.id)

/** The users with these ids, in this order, each with its groups. */
async function loadUsers(tx: Tx, orgId: string, ids: string[]): Promise<UserFound[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .select()
    .from(users)
    .where(and(eq(users.orgId, orgId), inArray(users.id, ids), isNull(users.deletedAt)))
  const memberships = await groupsOfUsers(tx, orgId, ids)
  return inOrder(ids, rows).map((row) => ({ row, groups: memberships.get(row.id) ?? [] }))
}

async function loadGroups(tx: Tx, orgId: string, ids: string[], withMembers: boolean): Promise<GroupFound[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .select()
    .from(groups)
    .where(and(eq(groups.orgId, orgId), inArray(groups.id, ids)))
  const members = withMembers ? await membersOfGroups(tx, orgId, ids) : undefined
  return inOrder(ids, rows).map((row) => ({ row, ...(members ? { members: members.get(row.id) ?? [] } : {}) }))
}

function inOrder<T extends { id: string }>(ids: readonly string[], rows: readonly T[]): T[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

const usersOf = (orgId: string, baseUrl: string): ListSource => ({
  type: 'User',
  table: sql`${users}`,
  where: sql`${users.orgId} = ${orgId}::uuid and ${users.deletedAt} is null`,
  id: sql`${users.id}`,
  created: sql`${users.createdAt}`,
  filter: userSource(baseUrl),
  sort: {
    id: { sql: sql`${users.id}`, type: 'uuid' },
    externalId: { sql: sql`${users.externalId}`, type: null },
    userName: { sql: sql`${users.userNameKey}`, type: null },
    displayName: { sql: folded(sql`(${users.attributes} ->> 'displayName')`), type: null },
    'meta.created': { sql: sql`${users.createdAt}`, type: 'timestamptz' },
    'meta.lastModified': { sql: sql`${users.updatedAt}`, type: 'timestamptz' },
  },
})

const groupsOf = (orgId: string, baseUrl: string): ListSource => ({
  type: 'Group',
  table: sql`${groups}`,
  where: sql`${groups.orgId} = ${orgId}::uuid`,
  id: sql`${groups.id}`,
  created: sql`${groups.createdAt}`,
  filter: groupSource(baseUrl),
  sort: {
    id: { sql: sql`${groups.id}`, type: 'uuid' },
    externalId: { sql: sql`${groups.externalId}`, type: null },
    displayName: { sql: sql`${groups.displayNameKey}`, type: null },
    'meta.created': { sql: sql`${groups.createdAt}`, type: 'timestamptz' },
    'meta.lastModified': { sql: sql`${groups.updatedAt}`, type: 'timestamptz' },
  },
})

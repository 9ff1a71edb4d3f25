import 'server-only'
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { groupMembers, groups, users } from '@/db/schema'
import type { Tx } from '@/db/tenant'
import { isId } from '@/lib/ids'

/** A group as a user shows it, or a person as a group shows them. */
export type Ref = { value: string; display: string }

/** The groups of these users, by user id, in a stable order; one statement for a whole page. */
export async function groupsOfUsers(tx: Tx, orgId: string, userIds: readonly string[]): Promise<Map<string, Ref[]>> {
  if (userIds.length === 0) return new Map()
  const rows = await tx
    .select({ owner: groupMembers.userId, value: groups.id, display: groups.displayName })
    .from(groupMembers)
    .innerJoin(groups, and(eq(groups.orgId, groupMembers.orgId), eq(groups.id, groupMembers.groupId)))
    .where(and(eq(groupMembers.orgId, orgId), inArray(groupMembers.userId, [...userIds])))
    .orderBy(asc(groupMembers.userId), asc(groups.id))
  return byOwner(rows)
}

/** The people of these groups, by group id, in a stable order. */
export async function membersOfGroups(tx: Tx, orgId: string, groupIds: readonly string[]): Promise<Map<string, Ref[]>> {
  if (groupIds.length === 0) return new Map()
  const rows = await tx
    .select({ owner: groupMembers.groupId, value: users.id, display: users.displayName })
    .from(groupMembers)
    .innerJoin(users, and(eq(users.orgId, groupMembers.orgId), eq(users.id, groupMembers.userId)))
    .where(and(eq(groupMembers.orgId, orgId), inArray(groupMembers.groupId, [...groupIds])))
    .orderBy(asc(groupMembers.groupId), asc(users.id))
  return byOwner(rows)
}

/** Those of the ids that are people of this org, by id: one array parameter, for a push may hold 50,000. */
export async function findPeople(tx: Tx, orgId: string, ids: readonly string[]): Promise<Map<string, Ref>> {
  const wanted = ids.filter(isId)
  if (wanted.length === 0) return new Map()
  const list = sql`any(${`{${wanted.join(',')}}`}::uuid[])`
  const rows = await tx
    .select({ value: users.id, display: users.displayName })
    .from(users)
    .where(and(eq(users.orgId, orgId), isNull(users.deletedAt), sql`${users.id} = ${list}`))
  return new Map(rows.map((each) => [each.value, each]))
}

function byOwner(rows: readonly (Ref & { owner: string })[]): Map<string, Ref[]> {
  const map = new Map<string, Ref[]>()
  for (const { owner, value, display } of rows) {
    const list = map.get(owner)
    if (list) list.push({ value, display })
    else map.set(owner, [{ value, display }])
  }
  return map
}

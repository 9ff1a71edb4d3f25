import 'server-only'
import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { RoleOutcome } from '@/db/functions'
import { groupMembers, groups, roleMappings, users } from '@/db/schema'
import type { Tx } from '@/db/tenant'
import type { Role, RoleMove, RoleReason } from '@/db/types'
import type { Org } from '@/lib/orgs/orgs'
import { decideRole } from './roles'
import { type MappedGroup, rulesOf, scimRolesOf } from './user-state'

/** The mapped groups of the `users` row of a select, in the order of ids. */
export const mappedGroups = sql<MappedGroup[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('groupId', g.id, 'groupName', g.display_name, 'role', r.role) order by g.id), '[]')
  from ${groupMembers} m
  join ${roleMappings} r on r.org_id = m.org_id and r.group_id = m.group_id
  join ${groups} g on g.org_id = m.org_id and g.id = m.group_id
  where m.org_id = ${users.orgId} and m.user_id = ${users.id})`

/** All that a person's role comes from, and what it is now. */
export type RoleSource = {
  id: string
  displayName: string
  version: number
  role: Role
  reasons: RoleReason[]
  manualRole: Role | null
  scimRoles: string[]
  groups: MappedGroup[]
}

/** One array parameter, however many ids. */
export const anyOf = (ids: readonly string[]): SQL => sql`any(${`{${ids.join(',')}}`}::uuid[])`

/** What the roles of the people matching `where` come from, in the order of ids: two statements, however many people. */
export async function readSources(
  tx: Tx,
  orgId: string,
  where: SQL | undefined,
  limit?: number,
): Promise<RoleSource[]> {
  const page = tx
    .select({
      id: users.id,
      displayName: users.displayName,
      version: users.version,
      role: users.role,
      reasons: users.roleReasons,
      manualRole: users.manualRole,
      roles: sql<{ value?: unknown }[] | null>`${users.attributes} -> 'roles'`,
    })
    .from(users)
    .where(and(eq(users.orgId, orgId), isNull(users.deletedAt), where))
    .orderBy(asc(users.id))
  const rows = await (limit === undefined ? page : page.limit(limit))
  const mapped = await mappedGroupsOf(
    tx,
    orgId,
    rows.map((row) => row.id),
  )
  return rows.map(({ roles, ...row }) => ({ ...row, scimRoles: scimRolesOf(roles), groups: mapped.get(row.id) ?? [] }))
}

async function mappedGroupsOf(tx: Tx, orgId: string, ids: string[]): Promise<Map<string, MappedGroup[]>> {
  const found = new Map<string, MappedGroup[]>()
  if (ids.length === 0) return found
  const rows = await tx
    .select({
      userId: groupMembers.userId,
      groupId: groups.id,
      groupName: groups.displayName,
      role: roleMappings.role,
    })
    .from(roleMappings)
    .innerJoin(groups, and(eq(groups.orgId, roleMappings.orgId), eq(groups.id, roleMappings.groupId)))
    .innerJoin(
      groupMembers,
      and(eq(groupMembers.orgId, roleMappings.orgId), eq(groupMembers.groupId, roleMappings.groupId)),
    )
    .where(and(eq(roleMappings.orgId, orgId), sql`${groupMembers.userId} = ${anyOf(ids)}`))
    .orderBy(asc(groups.id))
  for (const { userId, ...group } of rows) {
    const list = found.get(userId)
    if (list) list.push(group)
    else found.set(userId, [group])
  }
  return found
}

/** Decides the roles of many; those for whom nothing changes, reasons included, are left out. Pure. */
export function decideRoles(
  org: Pick<Org, 'scimRoles' | 'defaultRole'>,
  people: readonly RoleSource[],
  groupsOf: (person: RoleSource) => MappedGroup[] = (person) => person.groups,
): { outcomes: RoleOutcome[]; changed: RoleSource[] } {
  const byResult = new Map<string, RoleOutcome>()
  const changed: RoleSource[] = []
  for (const person of people) {
    const { manualRole, scimRoles, role: before } = person
    const { role, reasons } = decideRole({ manualRole, scimRoles, groups: groupsOf(person), ...rulesOf(org) })
    const key = keyOf(role, reasons)
    if (key === keyOf(before, person.reasons)) continue
    changed.push(person)
    const alike = byResult.get(`${before} ${key}`)
    if (alike) alike.ids.push(person.id)
    else byResult.set(`${before} ${key}`, { before, role, reasons, ids: [person.id] })
  }
  return { outcomes: [...byResult.values()], changed }
}

/** jsonb keeps keys in an order of its own, so reasons are compared part by part. */
const keyOf = (role: Role, reasons: readonly RoleReason[]): string =>
  JSON.stringify([role, ...reasons.map((r) => [r.by, r.role, ...detailOf(r)])])

function detailOf(reason: RoleReason): string[] {
  if (reason.by === 'group') return [reason.groupId, reason.groupName]
  return reason.by === 'scim-role' ? [reason.value] : []
}

/** The mapped groups of a person as they will be: without the group, or with it in its place. */
export function withGroup(mine: readonly MappedGroup[], groupId: string, next: MappedGroup | null): MappedGroup[] {
  const others = mine.filter((each) => each.groupId !== groupId)
  return next ? [...others, next].sort((a, b) => (a.groupId < b.groupId ? -1 : 1)) : others
}

/** How many people went from which role to which, the largest first. */
export function movesOf(outcomes: readonly RoleOutcome[]): RoleMove[] {
  const moves = new Map<string, RoleMove>()
  for (const { before: from, role: to, ids } of outcomes) {
    if (from === to) continue
    const move = moves.get(`${from} ${to}`) ?? { from, to, n: 0 }
    moves.set(`${from} ${to}`, { ...move, n: move.n + ids.length })
  }
  return [...moves.values()].sort((a, b) => b.n - a.n)
}

/** The ids of a group's people. */
export async function memberIds(tx: Tx, orgId: string, groupId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: groupMembers.userId })
    .from(groupMembers)
    .where(and(eq(groupMembers.orgId, orgId), eq(groupMembers.groupId, groupId)))
  return rows.map((row) => row.id)
}

import 'server-only'
import { and, asc, eq, sql } from 'drizzle-orm'
import { groupMembers, groups, roleMappings } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import type { RoleMove } from '@/db/types'
import { wake } from '@/lib/events/wake'
import { isId } from '@/lib/ids'
import { getOrgIn } from '@/lib/orgs/orgs'
import { changeRoles, lockRules, previewRoles, type RoleContext, type RolePreview, recordRoles } from './role-changes'
import { memberIds, type RoleSource, withGroup } from './role-sources'
import type { GroupRow } from './scim-groups'

/** What a group can give: admin at most, since owner is given by hand only. */
export const MAPPED_ROLES = ['admin', 'manager', 'member'] as const
export type MappedRole = (typeof MAPPED_ROLES)[number]

export type Mapping = { groupId: string; groupName: string; role: MappedRole; members: number; createdAt: Date }

export type MappingSaved =
  /** `eventId` null: the group gave that role already. */
  { ok: true; eventId: string | null; moves: RoleMove[] } | { ok: false; why: 'missing' | 'role'; sentence: string }

/** The groups that give a role, by name, with how many people each has. */
export async function listMappings(orgId: string): Promise<Mapping[]> {
  return withOrg(orgId, (tx) =>
    tx
      .select({
        groupId: groups.id,
        groupName: groups.displayName,
        role: roleMappings.role,
        members: sql<number>`(select count(*)::int from ${groupMembers} m where m.org_id = ${groups.orgId} and m.group_id = ${groups.id})`,
        createdAt: roleMappings.createdAt,
      })
      .from(roleMappings)
      .innerJoin(groups, and(eq(groups.orgId, roleMappings.orgId), eq(groups.id, roleMappings.groupId)))
      .where(eq(roleMappings.orgId, orgId))
      .orderBy(asc(groups.displayNameKey)),
  )
}

/** Who would get which role if the group gave `role` (null: none). Null for a group that is not of this org. */
export async function previewMapping(
  orgId: string,
  groupId: string,
  role: MappedRole | null,
): Promise<RolePreview | null> {
  return withOrg(orgId, async (tx) => {
    const org = await getOrgIn(tx, orgId)
    const found = await findGroup(tx, orgId, groupId)
    if (!org || !found) return null
    const who = { ids: await memberIds(tx, orgId, groupId) }
    return previewRoles(tx, { org, who, groupsOf: given(found.row, role) })
  })
}

/**
 * Makes the group give a role, or none when null, and gives its people what follows: mapping, roles, history and event
 * in one commit. Owner is no role a group can give.
 */
export async function saveMapping(
  { org: { orgId }, actor }: RoleContext,
  groupId: string,
  wanted: string | null,
): Promise<MappingSaved> {
  const role = wanted === null ? null : MAPPED_ROLES.find((each) => each === wanted)
  if (role === undefined) {
    return { ok: false, why: 'role', sentence: 'A group can give admin, manager or member. Owner is given by hand.' }
  }
  const saved = await withOrg(orgId, async (tx): Promise<MappingSaved> => {
    await lockRules(tx, orgId)
    const org = await getOrgIn(tx, orgId)
    const found = await findGroup(tx, orgId, groupId)
    if (!org || !found) return { ok: false, why: 'missing', sentence: 'This group is no longer here.' }
    const { row, mapping: before } = found
    if (before === role) return { ok: true, eventId: null, moves: [] }
    await write(tx, orgId, groupId, role, actor.kind === 'user' ? actor.id : null)
    const who = { ids: await memberIds(tx, orgId, groupId) }
    const outcomes = await changeRoles(tx, { org, who, groupsOf: given(row, role) })
    const diff = [{ path: 'role', ...(before ? { before } : {}), ...(role ? { after: role } : {}) }]
    const target = { kind: 'group', id: groupId, name: row.displayName } as const
    const draft = { type: 'role_mapping.changed', outcome: 'success', actor, target, diff } as const
    return { ok: true, ...(await recordRoles(tx, orgId, draft, outcomes)) }
  })
  if (saved.ok && saved.eventId) wake(orgId)
  return saved
}

async function findGroup(tx: Tx, orgId: string, groupId: string) {
  if (!isId(groupId)) return null
  const [found] = await tx
    .select({ row: groups, mapping: roleMappings.role })
    .from(groups)
    .leftJoin(roleMappings, and(eq(roleMappings.orgId, groups.orgId), eq(roleMappings.groupId, groups.id)))
    .where(and(eq(groups.orgId, orgId), eq(groups.id, groupId)))
  return found ?? null
}

async function write(tx: Tx, orgId: string, groupId: string, role: MappedRole | null, createdBy: string | null) {
  if (role === null) {
    await tx.delete(roleMappings).where(and(eq(roleMappings.orgId, orgId), eq(roleMappings.groupId, groupId)))
    return
  }
  const set = { role, createdBy, createdAt: new Date() }
  await tx
    .insert(roleMappings)
    .values({ orgId, groupId, ...set })
    .onConflictDoUpdate({ target: [roleMappings.orgId, roleMappings.groupId], set })
}

const given =
  ({ id: groupId, displayName: groupName }: GroupRow, role: MappedRole | null) =>
  (person: RoleSource) =>
    withGroup(person.groups, groupId, role && { groupId, groupName, role })

import 'server-only'
import { and, eq } from 'drizzle-orm'
import { groups, roleMappings } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import type { RoleMove } from '@/db/types'
import { wake } from '@/lib/events/wake'
import { isId } from '@/lib/ids'
import { getOrgIn } from '@/lib/orgs/orgs'
import {
  asSeen,
  changeRoles,
  lockRules,
  previewRoles,
  type RoleContext,
  type RolePreview,
  recordRoles,
} from './role-changes'
import { memberIds, type RoleSource, withGroup } from './role-sources'
import { MAPPED_ROLES, type MappedRole } from './roles'
import type { GroupRow } from './scim-groups'

export type MappingSaved =
  /** `eventId` null: the group gave that role already. */
  | { ok: true; eventId: string | null; moves: RoleMove[] }
  | { ok: false; why: 'missing' | 'role' | 'moved'; sentence: string }

/** Who would get which role if the group gave `role` (null: none), and what the viewer would. Null: no group of this org. */
export async function previewMapping(
  orgId: string,
  groupId: string,
  role: MappedRole | null,
  viewerId?: string,
): Promise<RolePreview | null> {
  return withOrg(orgId, async (tx) => {
    const org = await getOrgIn(tx, orgId)
    const found = await findGroup(tx, orgId, groupId)
    if (!org || !found) return null
    const who = { ids: await memberIds(tx, orgId, groupId) }
    return previewRoles(tx, { org, who, groupsOf: given(found.row, role) }, viewerId)
  })
}

/**
 * Makes the group give a role, or none when null, and gives its people what follows: mapping, roles, history and event
 * in one commit. Owner is no role a group can give. With `seen` (keyOfMoves of a preview) nothing is written unless exactly
 * that follows.
 */
export async function saveMapping(
  { org: { orgId }, actor }: RoleContext,
  groupId: string,
  wanted: string | null,
  seen?: string,
): Promise<MappingSaved> {
  const role = wanted === null ? null : MAPPED_ROLES.find((each) => each === wanted)
  if (role === undefined) {
    return { ok: false, why: 'role', sentence: 'A group can give admin, manager or member. Owner is given by hand.' }
  }
  const saved = await asSeen(() =>
    withOrg(orgId, async (tx): Promise<MappingSaved> => {
      await lockRules(tx, orgId)
      const org = await getOrgIn(tx, orgId)
      const found = await findGroup(tx, orgId, groupId)
      if (!org || !found) return { ok: false, why: 'missing', sentence: 'This group is no longer here.' }
      const { row, mapping: before } = found
      if (before === role) return { ok: true, eventId: null, moves: [] }
      await write(tx, orgId, groupId, role, actor.kind === 'user' ? actor.id : null)
      const who = { ids: await memberIds(tx, orgId, groupId) }
      const outcomes = await changeRoles(tx, { org, who, groupsOf: given(row, role) }, seen)
      const diff = [{ path: 'role', ...(before ? { before } : {}), ...(role ? { after: role } : {}) }]
      const target = { kind: 'group', id: groupId, name: row.displayName } as const
      const draft = { type: 'role_mapping.changed', outcome: 'success', actor, target, diff } as const
      return { ok: true, ...(await recordRoles(tx, orgId, draft, outcomes)) }
    }),
  )
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

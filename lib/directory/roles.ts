import type { Role, RoleReason } from '@/db/types'

/** What a group or a SCIM value can give: admin at most, since owner is given by hand only. */
export const MAPPED_ROLES = ['admin', 'manager', 'member'] as const
export type MappedRole = (typeof MAPPED_ROLES)[number]

const RANK: Record<Role, number> = { owner: 3, admin: 2, manager: 1, member: 0 }

/** True when `role` may do what `need` may. */
export const hasRole = (role: Role, need: Role): boolean => RANK[role] >= RANK[need]

/** What a role can be given from: by hand, from SCIM `roles` values the org has switched on, from mapped groups. */
export type RoleSources = {
  manualRole: Role | null
  /** Values of the user's SCIM `roles`. */
  scimRoles: string[]
  /** Values the org lets count. */
  allowedScimRoles: string[]
  groups: { groupId: string; groupName: string; role: Role }[]
  /** What the org gives to those nothing else gives a role. */
  defaultRole: 'member' | 'manager'
}

/** Groups and SCIM values give admin at most; owner is given by hand only (DESIGN §6). */
const capped = (role: Role): Role => (role === 'owner' ? 'admin' : role)

const SCIM_ROLES: Record<string, Role> = { admin: 'admin', manager: 'manager', member: 'member' }

/**
 * Decides and explains: the highest of all sources wins, and the reasons say which gave what, highest first. The one
 * function for both, so that "why?" can never tell another story than the decision.
 */
export function decideRole(s: RoleSources): { role: Role; reasons: RoleReason[] } {
  const reasons: RoleReason[] = []
  if (s.manualRole) reasons.push({ by: 'hand', role: s.manualRole })
  for (const value of new Set(s.scimRoles)) {
    const role = Object.hasOwn(SCIM_ROLES, value) ? SCIM_ROLES[value] : undefined
    if (role && s.allowedScimRoles.includes(value)) reasons.push({ by: 'scim-role', role: capped(role), value })
  }
  for (const g of s.groups)
    reasons.push({ by: 'group', role: capped(g.role), groupId: g.groupId, groupName: g.groupName })
  if (reasons.length === 0) reasons.push({ by: 'default', role: s.defaultRole })
  reasons.sort((a, b) => RANK[b.role] - RANK[a.role])
  return { role: reasons[0]?.role ?? s.defaultRole, reasons }
}

import 'server-only'
import { eq, type SQL, sql } from 'drizzle-orm'
import { orgs, users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import type { EventDiff, RoleMove } from '@/db/types'
import { wake } from '@/lib/events/wake'
import { getOrgIn, type Org } from '@/lib/orgs/orgs'
import {
  asSeen,
  changeRoles,
  lockRules,
  previewRoles,
  type RoleContext,
  type RolePreview,
  recordRoles,
} from './role-changes'
import { MAPPED_ROLES } from './roles'

/** What the org itself says about roles: which SCIM `roles` values count, and what nobody-in-particular is. */
export type OrgRoles = { scimRoles: string[]; defaultRole: Org['defaultRole'] }

export type OrgRolesSaved =
  /** `eventId` null: nothing differs. */
  | { ok: true; eventId: string | null; moves: RoleMove[] }
  | { ok: false; why: 'missing' | 'role' | 'moved'; sentence: string }

/** Whose role would change under other settings. Null for an unknown org. */
export async function previewOrgRoles(orgId: string, roles: OrgRoles, viewerId?: string): Promise<RolePreview | null> {
  return withOrg(orgId, async (tx) => {
    const org = await getOrgIn(tx, orgId)
    if (!org) return null
    const next = { ...org, ...tidy(roles) }
    return previewRoles(tx, { org: next, who: { where: concerned(org, next) } }, viewerId)
  })
}

/**
 * Sets which SCIM `roles` values count and the default role, and gives everybody concerned what follows, with history
 * and one `org.changed` event in one commit. With `seen` (keyOfMoves of a preview) nothing is written unless exactly that
 * follows.
 */
export async function setOrgRoles(
  { org: { orgId }, actor }: RoleContext,
  roles: OrgRoles,
  seen?: string,
): Promise<OrgRolesSaved> {
  const { scimRoles, defaultRole } = tidy(roles)
  const unknown = roles.scimRoles.find((value) => !MAPPED_ROLES.some((known) => known === value))
  if (unknown !== undefined) {
    return {
      ok: false,
      why: 'role',
      sentence: `SCIM can give ${MAPPED_ROLES.join(', ')}; “${unknown}” is none of them.`,
    }
  }
  const saved = await asSeen(() =>
    withOrg(orgId, async (tx): Promise<OrgRolesSaved> => {
      await lockRules(tx, orgId)
      const org = await getOrgIn(tx, orgId)
      if (!org) return { ok: false, why: 'missing', sentence: 'This organization is no longer here.' }
      const next = { ...org, scimRoles, defaultRole }
      const diff = diffOf(org, next)
      if (diff.length === 0) return { ok: true, eventId: null, moves: [] }
      await tx.update(orgs).set({ scimRoles, defaultRole }).where(eq(orgs.orgId, orgId))
      const outcomes = await changeRoles(tx, { org: next, who: { where: concerned(org, next) } }, seen)
      const target = { kind: 'org', id: orgId, name: org.name } as const
      const draft = { type: 'org.changed', outcome: 'success', actor, target, diff } as const
      return { ok: true, ...(await recordRoles(tx, orgId, draft, outcomes)) }
    }),
  )
  if (saved.ok && saved.eventId) wake(orgId)
  return saved
}

/** Known values only, highest first, each once. */
const tidy = ({ scimRoles, defaultRole }: OrgRoles) => ({
  scimRoles: MAPPED_ROLES.filter((value) => scimRoles.includes(value)),
  defaultRole,
})

/** Who cannot be concerned need not be read: a default reaches those who have it, a SCIM value those who carry one. */
function concerned(before: OrgRoles, after: OrgRoles): SQL {
  const carries = sql`${users.attributes} -> 'roles' is not null`
  if (before.defaultRole === after.defaultRole) return carries
  return sql`(${carries} or ${users.roleReasons} @> '[{"by": "default"}]')`
}

function diffOf(before: OrgRoles, after: OrgRoles): EventDiff[] {
  const diff: EventDiff[] = []
  if (before.defaultRole !== after.defaultRole) {
    diff.push({ path: 'defaultRole', before: before.defaultRole, after: after.defaultRole })
  }
  const was = tidy(before).scimRoles
  if (was.join() !== after.scimRoles.join()) diff.push({ path: 'scimRoles', before: was, after: after.scimRoles })
  return diff
}

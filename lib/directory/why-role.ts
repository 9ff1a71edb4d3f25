import 'server-only'
import { and, count, eq, sql } from 'drizzle-orm'
import { groupMembers, users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import type { Role, RoleReason } from '@/db/types'
import { getOrgIn } from '@/lib/orgs/orgs'
import { listUsers } from './list-users'
import { anyOf, readSources } from './role-sources'
import { decideRole } from './roles'
import { rulesOf } from './user-state'

/** Why somebody has a role, and what about them gives none. */
export type RoleAnswer = {
  id: string
  displayName: string
  userName: string
  active: boolean
  role: Role
  /** Highest first: the first decides. */
  reasons: RoleReason[]
  /** SCIM `roles` values Okta sends that count for nothing here. */
  withoutEffect: string[]
  /** Groups they are in that give no role. */
  otherGroups: number
}

/** The first people a search finds, each with what decideRole decides from what is stored now: three statements. */
export async function whyRoles(orgId: string, q: string, limit = 5): Promise<RoleAnswer[]> {
  const { users: found } = await listUsers(orgId, { tab: 'all', q, limit })
  if (found.length === 0) return []
  const ids = found.map(({ id }) => id)
  return withOrg(orgId, async (tx) => {
    const org = await getOrgIn(tx, orgId)
    if (!org) return []
    const sources = new Map(
      (await readSources(tx, orgId, sql`${users.id} = ${anyOf(ids)}`)).map((each) => [each.id, each]),
    )
    const inGroups = await tx
      .select({ id: groupMembers.userId, n: count() })
      .from(groupMembers)
      .where(and(eq(groupMembers.orgId, orgId), sql`${groupMembers.userId} = ${anyOf(ids)}`))
      .groupBy(groupMembers.userId)
    const groupsOf = new Map(inGroups.map(({ id, n }) => [id, n]))
    return found.flatMap(({ id, displayName, userName, active }) => {
      const source = sources.get(id)
      if (!source) return []
      const { role, reasons } = decideRole({ ...source, ...rulesOf(org) })
      const counted = new Set(reasons.flatMap((reason) => (reason.by === 'scim-role' ? [reason.value] : [])))
      const withoutEffect = [...new Set(source.scimRoles)].filter((value) => !counted.has(value))
      const otherGroups = (groupsOf.get(id) ?? 0) - source.groups.length
      return [{ id, displayName, userName, active, role, reasons, withoutEffect, otherGroups }]
    })
  })
}

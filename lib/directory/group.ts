import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { groupMembers, groups } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { env } from '@/lib/env'
import { isId } from '@/lib/ids'
import { versionEtag } from '@/lib/scim/etag'
import { groupResource } from '@/lib/scim/resource'
import { factsOfGroups, type GroupPush } from './group-facts'
import { type GroupMapping, mappingOf, selectGroups } from './list-groups'
import { membersOfGroups, type Ref } from './memberships'

/** The largest group whose people stand in the resource a page shows. */
const WHOLE = 100

export type Group = {
  id: string
  displayName: string
  externalId: string | null
  version: number
  createdAt: Date
  updatedAt: Date
  mapping: GroupMapping | null
  /** Exact, however many. */
  members: number
  push: GroupPush | null
  /** Everybody as SCIM names them; null for more than a hundred. */
  refs: Ref[] | null
}

/** What the page of one group shows besides a page of its people; null for an id that is not of this org. */
export async function getGroup(orgId: string, id: string): Promise<Group | null> {
  if (!isId(id)) return null
  return withOrg(orgId, async (tx) => {
    const [row] = await selectGroups(tx, orgId).where(and(eq(groups.orgId, orgId), eq(groups.id, id)))
    if (!row) return null
    const members = await tx.$count(
      groupMembers,
      and(eq(groupMembers.orgId, orgId), sql`${groupMembers.groupId} = ${id}::uuid`),
    )
    const refs = members > WHOLE ? null : ((await membersOfGroups(tx, orgId, [id])).get(id) ?? [])
    const { displayName, externalId, version, createdAt, updatedAt } = row
    const facts = { displayName, externalId, version, createdAt, updatedAt }
    const { push } = (await factsOfGroups(tx, orgId, [id]))(id)
    return { id, ...facts, mapping: mappingOf(row), members, push, refs }
  })
}

/** The group as SCIM answers for it, and the address it answers at; without its people when they are many. */
export function groupResourceOf(slug: string, group: Group): { url: string; body: Record<string, unknown> } {
  const base = `${env().ROLLCALL_URL}/scim/v2/${slug}`
  const { id, displayName, externalId, createdAt: created, updatedAt: modified, version, refs } = group
  const stored = { id, created, modified, version: versionEtag(version) }
  const body = groupResource(
    { ...stored, attributes: { displayName, externalId }, ...(refs ? { members: refs } : {}) },
    base,
  )
  return { url: `${base}/Groups/${id}${refs ? '' : '?excludedAttributes=members'}`, body }
}

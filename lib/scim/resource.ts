import { resourceTypeTable } from './resource-types'
import type { ResourceType } from './schema'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'
import type { UserAttributes } from './user'

/** What a mapper needs of any stored resource; `version` is its entity tag. */
export type Stored = { id: string; created: Date; modified: Date; version: string }

export type UserView = Stored & {
  attributes: UserAttributes
  groups: readonly { value: string; display: string; type?: 'direct' }[]
}

export type GroupView = Stored & {
  attributes: { displayName: string; externalId?: string | null }
  members?: readonly { value: string; display?: string }[]
}

export type CatalogueView = Stored & { displayName: string; type?: string | null; description?: string | null }

/** The address of a resource: `<baseUrl>/Users/<id>`. */
export function locationOf(resourceType: ResourceType, id: string, baseUrl: string): string {
  return `${baseUrl}${resourceTypeTable[resourceType].endpoint}/${encodeURIComponent(id)}`
}

function metaOf(resourceType: ResourceType, r: Stored, baseUrl: string) {
  return {
    resourceType,
    created: r.created.toISOString(),
    lastModified: r.modified.toISOString(),
    location: locationOf(resourceType, r.id, baseUrl),
    version: r.version,
  }
}

/** A User as answered (RFC 7643 §4.1): stored attributes, and id, groups, meta and schemas of the server. */
export function userResource(r: UserView, baseUrl: string): Record<string, unknown> {
  const { schema } = resourceTypeTable.User
  const groups = r.groups.map(({ value, display }) => ({
    value,
    $ref: locationOf('Group', value, baseUrl),
    display,
    type: 'direct',
  }))
  return {
    schemas: r.attributes[ENTERPRISE_SCHEMA] ? [schema.id, ENTERPRISE_SCHEMA] : [schema.id],
    id: r.id,
    ...r.attributes,
    ...(groups.length > 0 ? { groups } : {}),
    meta: metaOf('User', r, baseUrl),
  }
}

/** A Group as answered (RFC 7643 §4.2). Without `members` the attribute is left out (excludedAttributes=members). */
export function groupResource(r: GroupView, baseUrl: string): Record<string, unknown> {
  const { displayName, externalId } = r.attributes
  const members = r.members?.map(({ value, display }) => ({
    value,
    $ref: locationOf('User', value, baseUrl),
    ...(display === undefined ? {} : { display }),
    type: 'User',
  }))
  return {
    schemas: [resourceTypeTable.Group.schema.id],
    id: r.id,
    ...(externalId ? { externalId } : {}),
    displayName,
    ...(members ? { members } : {}),
    meta: metaOf('Group', r, baseUrl),
  }
}

/** A Role or Entitlement of the organization's catalogue, with Okta's URN. */
export function catalogueResource(
  resourceType: 'Role' | 'Entitlement',
  r: CatalogueView,
  baseUrl: string,
): Record<string, unknown> {
  return {
    schemas: [resourceTypeTable[resourceType].schema.id],
    id: r.id,
    displayName: r.displayName,
    ...(r.type ? { type: r.type } : {}),
    ...(r.description ? { description: r.description } : {}),
    meta: metaOf(resourceType, r, baseUrl),
  }
}

import { badRequest } from './errors'
import { isObject } from './json'
import { memberIds } from './members'
import type { ScimOptions } from './options'
import { resourceTypeTable } from './resource-types'
import { type Attribute, attribute } from './schema'
import { GROUP_SCHEMA } from './schemas/group'
import { checkSchemas, refuseForeignSchemas } from './user'
import { cleanValue, knownEntries, type ValueContext } from './value'
import { quirksOf } from './vendor'

/** What a client says of a group; members are ids, each once. */
export type GroupAttributes = {
  displayName: string
  externalId?: string
  members: { value: string; display?: string; type?: string }[]
}

const groupRoot: Attribute = attribute('', 'complex', 'A group', {
  subAttributes: resourceTypeTable.Group.attributes,
})

/**
 * The body of POST or PUT /Groups (RFC 7644 §3.3, §3.5.1). No members and `members: []` (Okta) are the same.
 * 400 for a missing displayName, nested groups and wrong types. Throws only ScimError.
 */
export function parseGroup(body: unknown, opts: ScimOptions): GroupAttributes {
  if (!isObject(body)) throw badRequest('invalidSyntax', 'The request body must be a JSON object: the group.')
  const quirks = quirksOf(opts)
  checkSchemas(body, GROUP_SCHEMA, quirks.looseEnvelope)
  refuseForeignSchemas(body, 'Group', quirks)
  const ctx: ValueContext = { quirks, readOnly: 'ignore' }
  const group: { displayName?: unknown; externalId?: unknown; members: string[] } = { members: [] }
  for (const [each, raw, path] of knownEntries(groupRoot, body, '', ctx)) {
    if (each.name === 'members') group.members = memberIds(raw, quirks)
    else if (each.name === 'displayName') group.displayName = cleanValue(each, raw, path, ctx)
    else if (each.name === 'externalId') group.externalId = cleanValue(each, raw, path, ctx)
  }
  return {
    displayName: requireGroupName(group.displayName),
    ...(typeof group.externalId === 'string' ? { externalId: group.externalId } : {}),
    members: group.members.map((value) => ({ value })),
  }
}

export function requireGroupName(value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value
  throw badRequest('invalidValue', '"displayName" is required: a group needs a name. Give it one and push again.')
}

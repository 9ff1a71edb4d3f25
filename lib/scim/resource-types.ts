import { type Attribute, attribute, attributeIn, type ResourceType, type Schema, subAttribute } from './schema'
import { commonAttributes } from './schemas/common'
import { enterpriseUserSchema } from './schemas/enterprise-user'
import { groupSchema } from './schemas/group'
import { entitlementSchema, roleSchema } from './schemas/role'
import { userSchema } from './schemas/user'

export type ResourceTypeEntry = {
  endpoint: string
  description: string
  schema: Schema
  extensions: readonly Schema[]
  /** Common attributes, the schema's own, and each extension as one complex attribute named by its URN. */
  attributes: readonly Attribute[]
}

function entry(endpoint: string, description: string, schema: Schema, extensions: readonly Schema[] = []) {
  const containers = extensions.map((each) =>
    attribute(each.id, 'complex', each.description, { subAttributes: each.attributes }),
  )
  return {
    endpoint,
    description,
    schema,
    extensions,
    attributes: [...commonAttributes, ...schema.attributes, ...containers],
  }
}

/** The resource types of RFC 7643 §6 this server has. */
export const resourceTypeTable: Readonly<Record<ResourceType, ResourceTypeEntry>> = {
  User: entry('/Users', 'User Account', userSchema, [enterpriseUserSchema]),
  Group: entry('/Groups', 'Group', groupSchema),
  Role: entry('/Roles', "Roles of the organization's catalogue", roleSchema),
  Entitlement: entry('/Entitlements', "Entitlements of the organization's catalogue", entitlementSchema),
}

/** A place in a resource, resolved against the tables. */
export type ResolvedPath = {
  /** Canonical spelling: `name.givenName`, `urn:…:enterprise:2.0:User:manager.value`. */
  text: string
  /** Own keys from the resource (or, inside `[ ]`, from the element) to the value; never a client's spelling. */
  keys: readonly string[]
  /** The URN of the extension the attribute lives in. */
  extension?: string
  attribute: Attribute
  sub?: Attribute
}

/** The attribute whose values sit at the path. */
export function leafOf(path: ResolvedPath): Attribute {
  return path.sub ?? path.attribute
}

function pathOf(attribute: Attribute, sub: Attribute | undefined, extension: string | undefined): ResolvedPath {
  const text = sub ? `${attribute.name}.${sub.name}` : attribute.name
  return {
    text: extension ? `${extension}:${text}` : text,
    keys: [...(extension ? [extension] : []), attribute.name, ...(sub ? [sub.name] : [])],
    ...(extension ? { extension } : {}),
    attribute,
    ...(sub ? { sub } : {}),
  }
}

function within(attributes: readonly Attribute[], name: string, extension?: string): ResolvedPath | undefined {
  const dot = name.indexOf('.')
  const attribute = attributeIn(attributes, dot < 0 ? name : name.slice(0, dot))
  if (!attribute || dot < 0) return attribute && pathOf(attribute, undefined, extension)
  const sub = subAttribute(attribute, name.slice(dot + 1))
  return sub && pathOf(attribute, sub, extension)
}

/**
 * Finds `[URN:]name[.sub]` in the tables, in any case; undefined when there is no such attribute.
 * Names of an extension are also found without their URN, after the core's (`manager.value`).
 */
export function resolvePath(name: string, resourceType: ResourceType): ResolvedPath | undefined {
  const { schema, extensions, attributes } = resourceTypeTable[resourceType]
  const lower = name.toLowerCase()
  if (!lower.startsWith('urn:')) {
    const own = within(attributes, name)
    if (own) return own
    for (const each of extensions) {
      const found = within(each.attributes, name, each.id)
      if (found) return found
    }
    return undefined
  }
  // Tried first: an extension's URN holds dots, which are no sub-attribute.
  const container = attributeIn(attributes, lower)
  if (container) return pathOf(container, undefined, undefined)
  if (lower.startsWith(`${schema.id.toLowerCase()}:`)) {
    return within([...commonAttributes, ...schema.attributes], name.slice(schema.id.length + 1))
  }
  const extension = extensions.find((each) => lower.startsWith(`${each.id.toLowerCase()}:`))
  return extension && within(extension.attributes, name.slice(extension.id.length + 1), extension.id)
}

/** The same in the first of several types that has the attribute (RFC 7644 §3.4.2.1: searches across types). */
export function resolveInAny(name: string, types: ResourceType | readonly ResourceType[]): ResolvedPath | undefined {
  for (const each of typeof types === 'string' ? [types] : types) {
    const found = resolvePath(name, each)
    if (found) return found
  }
  return undefined
}

/** Finds a sub-attribute as a path of its own: what names mean inside `emails[ … ]`. */
export function resolveElementPath(name: string, parent: Attribute): ResolvedPath | undefined {
  const found = subAttribute(parent, name)
  return found && pathOf(found, undefined, undefined)
}

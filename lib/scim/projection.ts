import { isObject, type JsonObject } from './json'
import { resolvePath, resourceTypeTable } from './resource-types'
import { type Attribute, attributeIn, type ResourceType } from './schema'

/** Which attributes an answer shows: `only` these, all but those `without`, or the defaults. Paths are canonical. */
export type Projection = {
  resourceType: ResourceType
  mode: 'default' | 'only' | 'without'
  /** Own keys joined by a blank (no name holds one). */
  paths: ReadonlySet<string>
}

type Names = string | readonly string[] | undefined | null

const MAX_NAMES = 100

/** RFC 7644 §3.9: `attributes` wins over `excludedAttributes`. Names no table has are passed over. */
export function projectionOf(attributes: Names, excludedAttributes: Names, resourceType: ResourceType): Projection {
  const only = namesOf(attributes)
  const without = namesOf(excludedAttributes)
  if (only.length > 0) return { resourceType, mode: 'only', paths: pathsOf(only, resourceType) }
  if (without.length > 0) return { resourceType, mode: 'without', paths: pathsOf(without, resourceType) }
  return { resourceType, mode: 'default', paths: new Set() }
}

/** The names in `a, b,c` or a list; blanks and empty ones left out, at most 100. */
export function namesOf(names: Names): string[] {
  const list = typeof names === 'string' ? names.split(',', MAX_NAMES) : (names ?? []).slice(0, MAX_NAMES)
  return list.map((each) => each.trim()).filter((each) => each !== '')
}

function pathsOf(names: readonly string[], resourceType: ResourceType): Set<string> {
  const paths = names.map((each) => resolvePath(each, resourceType)?.keys.join(' '))
  return new Set(paths.filter((each) => each !== undefined))
}

/** Whether an attribute can be in the answer at all; when not, there is no need to load it (`members`, `groups`). */
export function shows(projection: Projection, attributeName: string): boolean {
  const { attributes } = resourceTypeTable[projection.resourceType]
  const attribute = attributeIn(attributes, attributeName)
  return attribute !== undefined && decide(attribute, attribute.name, projection) !== 'hide'
}

/** The resource with what the projection shows: `returned` always stays, never goes (RFC 7643 §7). A new object. */
export function project(resource: Record<string, unknown>, projection: Projection): Record<string, unknown> {
  // No table has a `never` or `request` attribute today, so the defaults are everything; a test holds that.
  if (projection.mode === 'default') return resource
  const { attributes } = resourceTypeTable[projection.resourceType]
  const shown = projectObject(resource, attributes, '', projection)
  return Array.isArray(resource.schemas) ? { ...shown, schemas: resource.schemas } : shown
}

type Verdict = 'show' | 'hide' | 'inside'

function decide(attribute: Attribute, path: string, { mode, paths }: Projection): Verdict {
  if (attribute.returned === 'always') return 'show'
  if (attribute.returned === 'never') return 'hide'
  const isNamed = paths.has(path)
  const isNamedInside = [...paths].some((each) => each.startsWith(`${path} `))
  if (mode === 'only') return isNamed ? 'show' : isNamedInside ? 'inside' : 'hide'
  if (isNamed || attribute.returned === 'request') return 'hide'
  return isNamedInside ? 'inside' : 'show'
}

function projectObject(
  object: JsonObject,
  attributes: readonly Attribute[],
  prefix: string,
  projection: Projection,
): JsonObject {
  const result: JsonObject = {}
  for (const [key, value] of Object.entries(object)) {
    const attribute = attributeIn(attributes, key)
    if (!attribute) continue
    const path = prefix + attribute.name
    const verdict = decide(attribute, path, projection)
    const shown = verdict === 'inside' ? projectInside(value, attribute, `${path} `, projection) : value
    if (verdict !== 'hide' && shown !== undefined) result[key] = shown
  }
  return result
}

function projectInside(value: unknown, attribute: Attribute, prefix: string, projection: Projection): unknown {
  const subs = attribute.subAttributes ?? []
  if (Array.isArray(value)) {
    const elements = value.map((each) => (isObject(each) ? projectObject(each, subs, prefix, projection) : each))
    const kept = elements.filter((each) => !isObject(each) || Object.keys(each).length > 0)
    return kept.length > 0 ? kept : undefined
  }
  if (!isObject(value)) return value
  const object = projectObject(value, subs, prefix, projection)
  return Object.keys(object).length > 0 ? object : undefined
}

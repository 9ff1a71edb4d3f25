import { badRequest } from './errors'
import { parseElementFilter } from './filter'
import type { Filter } from './filter-ast'
import { leafOf, type ResolvedPath, resolvePath } from './resource-types'
import { type Attribute, type ResourceType, subAttribute } from './schema'
import { quoted } from './text'

/** A PATCH path (RFC 7644 §3.5.2 figure 7): an attribute, or elements of one by filter, and maybe a sub-attribute. */
export type PatchPath = { path: ResolvedPath; filter?: Filter; sub?: Attribute }

const SHAPE = /^\s*([A-Za-z$_][\w$:.-]*)\s*(?:\[(.*)\](?:\.([\w$-]+))?)?\s*$/s
const MAX_PATH = 2_048

/** Parses a PATCH path. 400 invalidPath for what no table knows, invalidFilter for what stands in the brackets. */
export function parsePatchPath(text: string, resourceType: ResourceType): PatchPath {
  const found = text.length <= MAX_PATH ? SHAPE.exec(text) : null
  if (!found?.[1]) {
    throw badRequest(
      'invalidPath',
      `The path ${quoted(text)} is not valid. Write it like emails[type eq "work"].value.`,
    )
  }
  const [, name, filterText, subName] = found
  const path = resolvePath(name, resourceType)
  if (!path) throw unknownPath(text, resourceType)
  if (filterText === undefined) return { path }
  const parent = leafOf(path)
  if (!parent.multiValued || parent.type !== 'complex') {
    throw badRequest('invalidPath', `"${path.text}" is not a list, so its path takes no filter in brackets.`)
  }
  const filter = parseElementFilter(filterText, parent)
  if (subName === undefined) return { path, filter }
  const sub = subAttribute(parent, subName)
  if (!sub) throw unknownPath(text, resourceType)
  return { path, filter, sub }
}

export function unknownPath(text: string, resourceType: ResourceType) {
  const what = resourceType === 'User' ? 'a user' : `a ${resourceType.toLowerCase()}`
  return badRequest(
    'invalidPath',
    `${quoted(text)} is not an attribute of ${what}. Remove it from the mapping; /Schemas lists the attributes.`,
  )
}

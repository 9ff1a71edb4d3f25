import { badRequest } from './errors'
import { parseFilter } from './filter'
import type { Filter } from './filter-ast'
import { SEARCH_FILTER_LIMITS } from './filter-scan'
import { isObject } from './json'
import { namesOf } from './projection'
import { leafOf, type ResolvedPath, resolveInAny } from './resource-types'
import { type ResourceType, subAttribute } from './schema'
import { quoted } from './text'

/** The most resources one page holds, said in ServiceProviderConfig. */
export const MAX_RESULTS = 200
export const DEFAULT_COUNT = 100

export const LIST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
export const SEARCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'

/** A list request, in bounds: startIndex from 1, count 0 to 200. `cursor` "" asks for the first page by cursor. */
export type ListQuery = {
  filter?: Filter
  startIndex: number
  count: number
  cursor?: string
  sortBy?: ResolvedPath
  sortOrder: 'ascending' | 'descending'
  attributes?: string[]
  excludedAttributes?: string[]
}

/** The query of GET on a list (RFC 7644 §3.4.2, RFC 9865 §2). Parameters it does not know are passed over. */
export function parseListQuery(params: URLSearchParams, resourceType: ResourceType): ListQuery {
  const one = (name: string) => {
    const values = params.getAll(name)
    if (values.length > 1) throw badRequest('invalidValue', `"${name}" is given more than once. Send it once.`)
    return values[0]
  }
  return build(
    {
      filter: one('filter'),
      startIndex: one('startIndex'),
      count: one('count'),
      cursor: one('cursor'),
      sortBy: one('sortBy'),
      sortOrder: one('sortOrder'),
      attributes: namesOf(one('attributes')),
      excludedAttributes: namesOf(one('excludedAttributes')),
    },
    (text) => parseFilter(text, resourceType),
    resourceType,
  )
}

/** The body of POST /.search (RFC 7644 §3.4.3): the same query, with a longer filter allowed. */
export function parseSearchRequest(body: unknown, types: ResourceType | readonly ResourceType[]): ListQuery {
  if (!isObject(body)) throw badRequest('invalidSyntax', 'The request body must be a JSON object: the search.')
  const { schemas } = body
  if (schemas !== undefined && !(Array.isArray(schemas) && schemas.includes(SEARCH_SCHEMA))) {
    throw badRequest(
      'invalidSyntax',
      `"schemas" must be a list that holds "${SEARCH_SCHEMA}". Correct it or leave it out.`,
    )
  }
  const text = (name: string) => {
    const value = body[name]
    if (value === undefined || value === null || typeof value === 'string') return value ?? undefined
    if (typeof value === 'number' && (name === 'startIndex' || name === 'count')) return String(value)
    throw badRequest('invalidValue', `"${name}" has the wrong type. See RFC 7644 §3.4.3.`)
  }
  const names = (name: string) => {
    const value = body[name]
    if (value === undefined || value === null || typeof value === 'string') return namesOf(value)
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return namesOf(value)
    throw badRequest('invalidValue', `"${name}" must be a list of attribute names.`)
  }
  return build(
    {
      filter: text('filter'),
      startIndex: text('startIndex'),
      count: text('count'),
      cursor: text('cursor'),
      sortBy: text('sortBy'),
      sortOrder: text('sortOrder'),
      attributes: names('attributes'),
      excludedAttributes: names('excludedAttributes'),
    },
    (filter) => parseFilter(filter, types, SEARCH_FILTER_LIMITS),
    types,
  )
}

type Types = ResourceType | readonly ResourceType[]

type Raw = Record<'filter' | 'startIndex' | 'count' | 'cursor' | 'sortBy' | 'sortOrder', string | undefined> &
  Record<'attributes' | 'excludedAttributes', string[]>

function build(raw: Raw, toFilter: (text: string) => Filter, types: Types): ListQuery {
  if (raw.attributes.length > 0 && raw.excludedAttributes.length > 0) {
    throw badRequest('invalidValue', '"attributes" and "excludedAttributes" exclude each other. Send one of them.')
  }
  return {
    ...(raw.filter === undefined || raw.filter.trim() === '' ? {} : { filter: toFilter(raw.filter) }),
    startIndex: Math.max(1, whole(raw.startIndex, 'startIndex', 1)),
    count: countOf(raw.count, raw.cursor !== undefined),
    ...(raw.cursor === undefined ? {} : { cursor: cursorOf(raw.cursor) }),
    ...(raw.sortBy ? { sortBy: sortPath(raw.sortBy, types) } : {}),
    sortOrder: sortOrderOf(raw.sortOrder),
    ...(raw.attributes.length > 0 ? { attributes: raw.attributes } : {}),
    ...(raw.excludedAttributes.length > 0 ? { excludedAttributes: raw.excludedAttributes } : {}),
  }
}

/** RFC 7644 §3.4.2.4: a startIndex below 1 is 1, a negative count 0; above the cap, fewer are returned. */
function countOf(text: string | undefined, byCursor: boolean): number {
  const count = whole(text, 'count', DEFAULT_COUNT, byCursor)
  // RFC 9865 §2: with a cursor a bad count is an error of its own.
  if (byCursor && count < 0) throw badRequest('invalidCount', '"count" must not be negative.')
  return Math.min(MAX_RESULTS, Math.max(0, count))
}

function whole(text: string | undefined, name: string, otherwise: number, byCursor = false): number {
  if (text === undefined || text.trim() === '') return otherwise
  if (!/^\s*[+-]?\d+\s*$/.test(text)) {
    throw badRequest(byCursor ? 'invalidCount' : 'invalidValue', `"${name}" must be a whole number.`)
  }
  // Beyond this no list goes; it also keeps the number exact for the database.
  return Math.max(-1, Math.min(2_147_483_647, Number(text)))
}

const MAX_CURSOR = 1_024

function cursorOf(text: string): string {
  if (text.length <= MAX_CURSOR && /^[\w.~=-]*$/.test(text)) return text
  throw badRequest('invalidCursor', 'The cursor is not one of ours. Start again without a cursor value.')
}

function sortPath(name: string, types: Types): ResolvedPath {
  const path = resolveInAny(name, types)
  if (!path) throw badRequest('invalidPath', `"sortBy" ${quoted(name)} is not an attribute; /Schemas lists them.`)
  const leaf = leafOf(path)
  if (leaf.type !== 'complex') return path
  // RFC 7644 §3.4.2.3: a complex attribute sorts by its value.
  const value = path.sub ? undefined : subAttribute(leaf, 'value')
  if (!value) throw badRequest('invalidPath', `"sortBy" ${path.text} has parts; name one of them.`)
  return { ...path, keys: [...path.keys, value.name], sub: value }
}

function sortOrderOf(text: string | undefined): ListQuery['sortOrder'] {
  const order = text?.toLowerCase() || 'ascending'
  if (order === 'ascending' || order === 'descending') return order
  throw badRequest('invalidValue', '"sortOrder" must be "ascending" or "descending".')
}

/** A page (RFC 7644 §3.4.2): itemsPerPage is what is in it. `extra` adds `nextCursor` (RFC 9865). */
export function listResponse(
  resources: readonly unknown[],
  total: number,
  startIndex: number,
  extra: { nextCursor?: string; previousCursor?: string } = {},
) {
  return {
    schemas: [LIST_SCHEMA],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    ...extra,
    Resources: resources,
  }
}

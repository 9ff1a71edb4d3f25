import { badRequest } from './errors'
import { isObject, type JsonObject } from './json'
import { type Attribute, subAttribute } from './schema'
import { assertText, foldKey, MAX_TEXT, quoted } from './text'
import { elementsOf, type Quirks, reshape } from './vendor'

/** More values than any person has; a list of this length is a mistake. Group members are not read here. */
const MAX_ELEMENTS = 200

export type ValueContext = {
  quirks: Quirks
  /** RFC 7644: readOnly attributes in a body are ignored (§3.3, §3.5.1); a PATCH that names one fails (§3.5.2). */
  readOnly: 'ignore' | 'refuse'
}

/** Identifying texts are kept short enough for an index. */
const KEYS = new Set(['userName', 'externalId'])

/**
 * A client's value as the attribute's type, or undefined where it means "no value" (null, [], and "" from Okta).
 * Throws 400 invalidValue naming `where`. What it returns shares nothing with `raw` and holds only keys of the tables.
 */
export function cleanValue(attribute: Attribute, raw: unknown, where: string, ctx: ValueContext): unknown {
  if (raw === undefined || raw === null) return undefined
  return attribute.multiValued ? cleanList(attribute, raw, where, ctx) : cleanSingle(attribute, raw, where, ctx)
}

function cleanList(attribute: Attribute, raw: unknown, where: string, ctx: ValueContext): unknown[] | undefined {
  if (raw === '' && ctx.quirks.emptyIsUnset) return undefined
  const elements = elementsOf(raw, ctx.quirks)
  if (!elements) throw wrongType(where, 'a list')
  if (elements.length > MAX_ELEMENTS) {
    throw badRequest('invalidValue', `"${where}" has more than ${MAX_ELEMENTS} values. Send fewer.`)
  }
  const cleaned = elements.flatMap((each) => {
    const element = each === null ? undefined : cleanSingle(attribute, each, where, ctx)
    return element === undefined ? [] : [element]
  })
  return cleaned.length > 0 ? cleaned : undefined
}

function cleanSingle(attribute: Attribute, raw: unknown, where: string, ctx: ValueContext): unknown {
  const value = reshape(attribute, raw, ctx.quirks)
  if (value === undefined) return undefined
  switch (attribute.type) {
    case 'complex':
      return cleanObject(attribute, value, where, ctx)
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(where, 'true or false')
      return value
    case 'integer':
    case 'decimal':
      if (typeof value !== 'number') throw wrongType(where, 'a number')
      return value
    default:
      if (typeof value !== 'string') throw wrongType(where, 'text')
      return cleanText(attribute, value, where)
  }
}

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/
// Addresses are shown as links some day; these schemes run code in the browser.
const UNSAFE_SCHEME = /^\s*(?:javascript|vbscript|data(?!:image\/))\s*:/i

function cleanText(attribute: Attribute, value: string, where: string): string {
  if (attribute.type === 'binary') {
    assertText(value, where, MAX_TEXT.binary)
    if (!BASE64.test(value)) throw badRequest('invalidValue', `"${where}" must be base64. Correct the value.`)
    return value
  }
  if (attribute.type === 'reference' && UNSAFE_SCHEME.test(value)) {
    throw badRequest('invalidValue', `"${where}" must be the address of a page or picture, such as https://…`)
  }
  return assertText(value, where, KEYS.has(attribute.name) ? MAX_TEXT.key : MAX_TEXT.text)
}

function cleanObject(attribute: Attribute, value: unknown, where: string, ctx: ValueContext): JsonObject | undefined {
  if (!isObject(value)) throw wrongType(where, 'an object')
  const result: JsonObject = {}
  for (const [sub, raw, path] of knownEntries(attribute, value, where, ctx)) {
    const cleaned = cleanValue(sub, raw, path, ctx)
    if (cleaned !== undefined) result[sub.name] = cleaned
  }
  return Object.keys(result).length > 0 ? result : undefined
}

/**
 * The entries of a client's object whose names the table knows, each with its path. ReadOnly and unknown names are
 * left out or refused as the context says; one name in two spellings is always refused.
 */
export function knownEntries(
  parent: Attribute,
  value: JsonObject,
  where: string,
  ctx: ValueContext,
): [sub: Attribute, raw: unknown, path: string][] {
  const entries: [Attribute, unknown, string][] = []
  const seen = new Set<string>()
  for (const key of Object.keys(value)) {
    const sub = subAttribute(parent, key)
    if (!sub) {
      if (!ctx.quirks.ignoreUnknown) throw unknownKey(key, where)
      continue
    }
    const path = where === '' ? sub.name : `${where}${parent.name.startsWith('urn:') ? ':' : '.'}${sub.name}`
    if (seen.has(sub.name))
      throw badRequest('invalidSyntax', `"${path}" is given twice, in different case. Send it once.`)
    seen.add(sub.name)
    if (sub.mutability !== 'readOnly') entries.push([sub, value[key], path])
    else if (ctx.readOnly === 'refuse') throw readOnlyError(path)
  }
  return entries
}

export function readOnlyError(path: string) {
  return badRequest('mutability', `"${path}" is read-only. Remove it from the request.`)
}

function unknownKey(key: string, where: string) {
  const place = where === '' ? '' : ` of "${where}"`
  return badRequest(
    'invalidSyntax',
    `${quoted(key)} is not an attribute${place}. Remove it, or turn strict mode off for this connection.`,
  )
}

function wrongType(where: string, expected: string) {
  return badRequest('invalidValue', `"${where}" must be ${expected}. Correct the attribute mapping.`)
}

/** Whether a list element says anything: one with only type, primary and display does not (Okta, emptied e-mail). */
export function hasContent(element: unknown): boolean {
  if (!isObject(element)) return element !== undefined && element !== ''
  return Object.keys(element).some((key) => key !== 'type' && key !== 'primary' && key !== 'display')
}

/** The identity of an element (RFC 7643 §2.4): no two with the same type and value. */
export function elementKey(element: unknown): string {
  if (!isObject(element)) return JSON.stringify(element)
  const fold = (value: unknown) => (typeof value === 'string' ? foldKey(value) : value)
  if ('value' in element) return JSON.stringify([fold(element.type), fold(element.value)])
  return JSON.stringify(
    Object.entries(element)
      .filter(([key]) => key !== 'primary')
      .sort(),
  )
}

/** The list as stored: no empty elements, none twice; undefined when nothing is left. 400 if several are primary. */
export function settleList(elements: readonly unknown[], where: string): unknown[] | undefined {
  const kept = new Map<string, unknown>()
  for (const each of elements) {
    if (!hasContent(each)) continue
    const key = elementKey(each)
    const before = kept.get(key)
    kept.set(key, isObject(before) && isObject(each) ? { ...before, ...each } : each)
  }
  const list = [...kept.values()]
  if (list.filter((each) => isObject(each) && each.primary === true).length > 1) {
    throw badRequest('invalidValue', `"${where}" has more than one primary value. Mark at most one as primary.`)
  }
  return list.length > 0 ? list : undefined
}

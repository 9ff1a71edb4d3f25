import { isObject, type JsonObject } from './json'

/** One changed value in SCIM path notation. A missing key means there was, or is, no value: absent is not null. */
export type AttributeDiff = { path: string; before?: unknown; after?: unknown }

/**
 * What changed between two states of a resource, value by value: `name.givenName`, `emails[type eq "work"].value`,
 * `urn:…:User:manager.value`. Elements are paired by type where types tell them apart, else by value. [] = no change.
 */
export function diffAttributes(
  before: Record<string, unknown> | undefined,
  after: Record<string, unknown> | undefined,
): AttributeDiff[] {
  return diffObjects(before ?? {}, after ?? {}, '')
}

function diffObjects(before: JsonObject, after: JsonObject, prefix: string): AttributeDiff[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].flatMap((key) => {
    // What an extension holds follows its URN after a colon.
    const separator = prefix === '' && key.startsWith('urn:') ? ':' : '.'
    return diffValues(own(before, key), own(after, key), prefix + key, separator)
  })
}

function diffValues(before: unknown, after: unknown, path: string, separator: string): AttributeDiff[] {
  if (isSame(before, after)) return []
  if (isElementList(before) && isElementList(after)) return diffLists(before ?? [], after ?? [], path)
  if ((isObject(before) || before === undefined) && (isObject(after) || after === undefined)) {
    return diffObjects(before ?? {}, after ?? {}, path + separator)
  }
  return [leaf(path, before, after)]
}

function leaf(path: string, before: unknown, after: unknown): AttributeDiff {
  return { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }
}

function isElementList(value: unknown): value is JsonObject[] | undefined {
  return value === undefined || (Array.isArray(value) && value.every(isObject))
}

type Identify = (element: JsonObject) => string | undefined

const byType: Identify = ({ type }) => (typeof type === 'string' ? `type eq ${JSON.stringify(type)}` : undefined)
const byValue: Identify = ({ value }) => (typeof value === 'string' ? `value eq ${JSON.stringify(value)}` : undefined)
const byBoth: Identify = (element) => {
  const parts = [byType(element), byValue(element)].filter((each) => each !== undefined)
  return parts.length > 0 ? parts.join(' and ') : undefined
}

function diffLists(before: JsonObject[], after: JsonObject[], path: string): AttributeDiff[] {
  const identify = [byType, byValue, byBoth].find((each) => tellsApart(each, before) && tellsApart(each, after))
  if (!identify) return [leaf(path, before.length > 0 ? before : undefined, after.length > 0 ? after : undefined)]
  const old = index(before, identify)
  const now = index(after, identify)
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id) => {
    const was = old.get(id)
    const is = now.get(id)
    const at = `${path}[${id}]`
    if (isSame(was, is)) return []
    // Paired by value, an element that came or went is the change itself.
    if (identify !== byType && (!was || !is)) return [leaf(at, was, is)]
    const changes = diffObjects(was ?? {}, is ?? {}, `${at}.`)
    return identify === byType ? changes.filter((each) => each.path !== `${at}.type`) : changes
  })
}

function tellsApart(identify: Identify, elements: readonly JsonObject[]): boolean {
  const ids = elements.map(identify)
  return !ids.includes(undefined) && new Set(ids).size === ids.length
}

function index(elements: readonly JsonObject[], identify: Identify): Map<string, JsonObject> {
  return new Map(elements.map((each) => [identify(each) ?? '', each]))
}

function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** Equal as JSON, whatever the order of keys; key with undefined = no key. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((each, i) => isSame(each, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => isSame(own(a, key), own(b, key)))
}

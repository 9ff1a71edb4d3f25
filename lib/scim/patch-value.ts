import { badRequest } from './errors'
import type { Filter } from './filter-ast'
import { evaluateFilter } from './filter-eval'
import { isObject, type JsonObject } from './json'
import type { Attribute } from './schema'
import { foldKey } from './text'
import { cleanValue, elementKey, knownEntries, type ValueContext } from './value'

/** One write on one attribute. `where` is the path as the error text names it. */
export type Change = { op: 'add' | 'replace' | 'remove'; value: unknown; where: string; ctx: ValueContext }

/** The next value of a single-valued attribute; undefined = unset. Complex ones keep what is not named (§3.5.2.3). */
export function nextSingle(attribute: Attribute, current: unknown, change: Change): unknown {
  if (change.op === 'remove') return undefined
  if (attribute.type !== 'complex') return cleanValue(attribute, change.value, change.where, change.ctx)
  return mergeObject(attribute, current, change)
}

/** The object with the given sub-attributes set, those given as null (or "" from Okta) gone, the others kept. */
export function mergeObject(attribute: Attribute, current: unknown, change: Change): JsonObject | undefined {
  const { value, where, ctx } = change
  // Entra: a bare text for an object, and "" to clear it; cleanValue knows both.
  if (!isObject(value)) {
    const cleaned = cleanValue(attribute, value, where, ctx)
    return isObject(cleaned) ? { ...asObject(current), ...cleaned } : undefined
  }
  const next = asObject(current)
  for (const [sub, raw, path] of knownEntries(attribute, value, where, ctx)) {
    const isNested = sub.type === 'complex' && !sub.multiValued && isObject(raw)
    const cleaned = isNested
      ? mergeObject(sub, next[sub.name], { ...change, value: raw, where: path })
      : cleanValue(sub, raw, path, ctx)
    setOrDelete(next, sub.name, cleaned)
  }
  return next
}

export function asObject(value: unknown): JsonObject {
  return isObject(value) ? { ...value } : {}
}

export function setOrDelete(target: JsonObject, key: string, value: unknown): void {
  if (value === undefined) delete target[key]
  else target[key] = value
}

/** The next elements of a multi-valued attribute named without a filter. */
export function nextList(attribute: Attribute, current: readonly unknown[], change: Change): unknown[] {
  const given = cleanValue(attribute, change.value, change.where, change.ctx)
  const elements = Array.isArray(given) ? given : []
  if (change.op === 'replace') return elements
  if (change.op === 'add') return addElements(current, elements)
  // RFC 7644 §3.5.2.2: remove without a value clears; Okta and Entra name the elements to remove in it.
  if (change.value === undefined || change.value === null) return []
  return current.filter((each) => !elements.some((gone) => isNamedBy(each, gone)))
}

/** RFC 7644 §3.5.2.1: what is there already is not added again; a new primary takes the place of the old one. */
function addElements(current: readonly unknown[], added: readonly unknown[]): unknown[] {
  const keys = new Set(added.map(elementKey))
  const known = new Set(current.map(elementKey))
  const merged = current.map((each) => {
    if (!keys.has(elementKey(each))) return each
    const update = added.find((other) => elementKey(other) === elementKey(each))
    return isObject(each) && isObject(update) ? { ...each, ...update } : each
  })
  const next = [...merged, ...added.filter((each) => !known.has(elementKey(each)))]
  const winners = new Set(added.filter((each) => isObject(each) && each.primary === true).map(elementKey))
  return winners.size === 0 ? next : keepPrimary(next, (each) => winners.has(elementKey(each)))
}

/** Takes `primary` from every element but those chosen (RFC 7644 §3.5.2: the server sets the old one to false). */
export function keepPrimary(elements: readonly unknown[], chosen: (element: unknown) => boolean): unknown[] {
  return elements.map((each) =>
    isObject(each) && each.primary === true && !chosen(each) ? { ...each, primary: false } : each,
  )
}

/** Whether `named` (`{ value }`, `{ type, value }`, `{ type }`) means this element. */
function isNamedBy(element: unknown, named: unknown): boolean {
  if (!isObject(element) || !isObject(named)) return element === named
  const keys = 'value' in named ? ['value', ...('type' in named ? ['type'] : [])] : Object.keys(named)
  const pick = (from: JsonObject) => JSON.stringify(keys.map((key) => [key, foldText(from[key])]))
  return pick(element) === pick(named)
}

const foldText = (value: unknown) => (typeof value === 'string' ? foldKey(value) : value)

/** The next elements where a filter chooses, with `sub` one sub-attribute of the chosen. */
export function nextChosen(
  attribute: Attribute,
  filter: Filter,
  sub: Attribute | undefined,
  current: readonly unknown[],
  change: Change,
): unknown[] {
  const isChosen = (each: unknown): each is JsonObject => isObject(each) && evaluateFilter(filter, each)
  const anyChosen = current.some(isChosen)
  if (change.op === 'remove') {
    if (!anyChosen && !change.ctx.quirks.removeIsIdempotent) throw noTarget(change.where)
    if (!sub) return current.filter((each) => !isChosen(each))
    return current.map((each) => (isChosen(each) ? changed(attribute, sub, each, change) : each))
  }
  const touched = new Set<unknown>()
  const next = current.map((each) => {
    if (!isChosen(each)) return each
    const result = changed(attribute, sub, each, change)
    touched.add(result)
    return result
  })
  if (!anyChosen) {
    const seed = change.op === 'add' || change.ctx.quirks.createOnReplace ? seedOf(filter) : undefined
    if (!seed) throw noTarget(change.where)
    const created = changed(attribute, sub, seed, change)
    touched.add(created)
    next.push(created)
  }
  const isPrimary = (each: unknown) => isObject(each) && each.primary === true
  return [...touched].some(isPrimary) ? keepPrimary(next, (each) => touched.has(each)) : next
}

function changed(attribute: Attribute, sub: Attribute | undefined, element: JsonObject, change: Change): JsonObject {
  if (!sub) return mergeObject(attribute, element, change) ?? {}
  const next = { ...element }
  setOrDelete(next, sub.name, nextSingle(sub, element[sub.name], change))
  return next
}

/** The element a filter describes, when it is nothing but `eq` conditions: `type eq "work"` gives { type: "work" }. */
function seedOf(filter: Filter): JsonObject | undefined {
  const terms = filter.kind === 'and' ? filter.terms : [filter]
  const seed: JsonObject = {}
  for (const each of terms) {
    const key = each.kind === 'compare' && each.op === 'eq' && each.value !== null ? each.path.keys[0] : undefined
    if (key === undefined || each.kind !== 'compare') return undefined
    seed[key] = each.value
  }
  return seed
}

function noTarget(where: string) {
  return badRequest('noTarget', `Nothing matches the filter in "${where}". Add the value first, or correct the filter.`)
}

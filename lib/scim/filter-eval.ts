import { parseDateTime } from './filter'
import type { CompareOp, Filter, FilterValue } from './filter-ast'
import { isObject } from './json'
import { leafOf, type ResolvedPath } from './resource-types'
import type { Attribute } from './schema'
import { foldKey } from './text'

/**
 * Whether a resource (or, for an element filter, an element) matches. The rules the SQL form keeps too:
 * a multi-valued attribute matches when any of its values does, and an attribute without a value counts as one null,
 * so `ne "x"` matches where nothing is set and `not (a eq "x")` is everything `a eq "x"` is not.
 */
export function evaluateFilter(filter: Filter, resource: Record<string, unknown>): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.terms.every((each) => evaluateFilter(each, resource))
    case 'or':
      return filter.terms.some((each) => evaluateFilter(each, resource))
    case 'not':
      return !evaluateFilter(filter.filter, resource)
    case 'present':
      return valuesAt(resource, filter.path).some(isPresent)
    case 'has':
      return valuesAt(resource, filter.path).some((each) => isObject(each) && evaluateFilter(filter.filter, each))
    case 'compare': {
      const { op, value } = filter
      const leaf = leafOf(filter.path)
      const found = valuesAt(resource, filter.path)
      return (found.length > 0 ? found : [null]).some((each) => compare(leaf, op, each ?? null, value))
    }
  }
}

/** RFC 7644 §3.4.2.2 pr: a non-empty value, or a complex attribute with one in it. */
function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false
  if (Array.isArray(value)) return value.some(isPresent)
  return isObject(value) ? Object.values(value).some(isPresent) : true
}

/** Every value at the path, lists flattened: `emails.value` gives one per element, undefined where it has none. */
function valuesAt(resource: Record<string, unknown>, path: ResolvedPath): unknown[] {
  let found: unknown[] = [resource]
  for (const key of path.keys) {
    found = found.flatMap((each) => (isObject(each) && Object.hasOwn(each, key) ? each[key] : [undefined]))
  }
  return found
}

function compare(leaf: Attribute, op: CompareOp, actual: unknown, expected: FilterValue): boolean {
  if (op === 'eq') return isEqual(leaf, actual, expected)
  if (op === 'ne') return !isEqual(leaf, actual, expected)
  if (leaf.type === 'dateTime') return inOrder(op, toInstant(actual) - toInstant(expected))
  if (typeof actual === 'number' && typeof expected === 'number') return inOrder(op, actual - expected)
  if (typeof actual !== 'string' || typeof expected !== 'string') return false
  const a = comparisonKey(leaf, actual)
  const b = comparisonKey(leaf, expected)
  if (op === 'co') return a.includes(b)
  if (op === 'sw') return a.startsWith(b)
  if (op === 'ew') return a.endsWith(b)
  return inOrder(op, compareCodePoints(a, b))
}

function isEqual(leaf: Attribute, actual: unknown, expected: FilterValue): boolean {
  if (actual === null || expected === null) return actual === expected
  if (leaf.type === 'dateTime') return toInstant(actual) === toInstant(expected)
  if (typeof actual !== 'string' || typeof expected !== 'string') return actual === expected
  return comparisonKey(leaf, actual) === comparisonKey(leaf, expected)
}

function comparisonKey(leaf: Attribute, text: string): string {
  return leaf.caseExact ? text : foldKey(text)
}

function toInstant(value: unknown): number {
  return typeof value === 'string' ? parseDateTime(value) : Number.NaN
}

function inOrder(op: CompareOp, difference: number): boolean {
  if (op === 'gt') return difference > 0
  if (op === 'ge') return difference >= 0
  if (op === 'lt') return difference < 0
  return op === 'le' && difference <= 0
}

/** Order by code point, as `collate "C"` sorts UTF-8; UTF-16 order differs above the surrogates. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return lift(x) - lift(y)
  }
  return a.length - b.length
}

function lift(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

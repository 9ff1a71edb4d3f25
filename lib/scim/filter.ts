import type { CompareOp, Filter, FilterValue } from './filter-ast'
import { FILTER_LIMITS, type FilterLimits, filterError, scanFilter, type Token } from './filter-scan'
import { leafOf, type ResolvedPath, resolveElementPath, resolveInAny } from './resource-types'
import { type Attribute, type AttributeType, type ResourceType, subAttribute } from './schema'
import { quoted } from './text'

type Resolve = (name: string) => ResolvedPath | undefined
type Reader = { tokens: readonly Token[]; next: number; resolve: Resolve; inElement: boolean }

const EQUALITY = ['eq', 'ne'] as const
const ORDER = ['gt', 'ge', 'lt', 'le'] as const
const PARTS = ['co', 'sw', 'ew'] as const
const OPERATORS: readonly CompareOp[] = [...EQUALITY, ...ORDER, ...PARTS]

// RFC 7644 §3.4.2.2: gt, ge, lt and le on boolean and binary are invalidFilter; parts exist only in text.
const ALLOWED: Readonly<Record<AttributeType, readonly CompareOp[]>> = {
  string: OPERATORS,
  reference: OPERATORS,
  dateTime: [...EQUALITY, ...ORDER],
  integer: [...EQUALITY, ...ORDER],
  decimal: [...EQUALITY, ...ORDER],
  boolean: EQUALITY,
  binary: EQUALITY,
  complex: [],
}

/**
 * Parses and types a filter (RFC 7644 §3.4.2.2). Names resolve against the tables of the resource type (or the first
 * of several that has them), in any case.
 * Throws 400 invalidFilter with the position; length, depth and terms are checked before parsing.
 */
export function parseFilter(
  text: string,
  types: ResourceType | readonly ResourceType[],
  limits: Partial<FilterLimits> = {},
): Filter {
  return parse(text, (name) => resolveInAny(name, types), false, limits)
}

/** Parses what stands between the brackets of `emails[ … ]`; its paths start at the element. */
export function parseElementFilter(text: string, parent: Attribute): Filter {
  return parse(text, (name) => resolveElementPath(name, parent), true, {})
}

function parse(text: string, resolve: Resolve, inElement: boolean, limits: Partial<FilterLimits>): Filter {
  const tokens = scanFilter(text, { ...FILTER_LIMITS, ...limits })
  const reader: Reader = { tokens, next: 0, resolve, inElement }
  const filter = readOr(reader)
  const rest = peek(reader)
  if (rest.kind !== 'end') throw filterError(rest.at, 'the filter should end here, or go on with "and" or "or"')
  return filter
}

function peek(reader: Reader): Token {
  return reader.tokens[reader.next] ?? { kind: 'end', at: 0 }
}

function take(reader: Reader): Token {
  const token = peek(reader)
  reader.next++
  return token
}

function isWord(token: Token, word: string): boolean {
  return token.kind === 'word' && token.text.toLowerCase() === word
}

function expectClose(reader: Reader, kind: ')' | ']'): void {
  const token = take(reader)
  if (token.kind !== kind) throw filterError(token.at, `"${kind}" is missing`)
}

function readOr(reader: Reader): Filter {
  return readChain(reader, 'or', (inner) => readChain(inner, 'and', readTerm))
}

function readChain(reader: Reader, kind: 'and' | 'or', read: (reader: Reader) => Filter): Filter {
  const first = read(reader)
  const terms = [first]
  while (isWord(peek(reader), kind)) {
    take(reader)
    terms.push(read(reader))
  }
  return terms.length === 1 ? first : { kind, terms }
}

function readTerm(reader: Reader): Filter {
  const token = take(reader)
  if (token.kind === '(') return readGroup(reader)
  if (isWord(token, 'not') && peek(reader).kind === '(') {
    take(reader)
    return { kind: 'not', filter: readGroup(reader) }
  }
  if (token.kind !== 'word') throw filterError(token.at, 'an attribute name was expected')
  const path = reader.resolve(token.text)
  if (!path) {
    throw filterError(token.at, `${quoted(token.text)} is not an attribute here; /Schemas lists the attributes`)
  }
  return peek(reader).kind === '[' ? readElement(reader, path) : readCondition(reader, path)
}

function readGroup(reader: Reader): Filter {
  const filter = readOr(reader)
  expectClose(reader, ')')
  return filter
}

function readElement(reader: Reader, path: ResolvedPath): Filter {
  const open = take(reader)
  const parent = leafOf(path)
  if (reader.inElement || parent.type !== 'complex') {
    throw filterError(open.at, 'only an attribute with sub-attributes takes a filter in brackets')
  }
  const inner: Reader = { ...reader, resolve: (name) => resolveElementPath(name, parent), inElement: true }
  const filter = readOr(inner)
  expectClose(inner, ']')
  const named = peek(inner)
  const rest =
    named.kind === 'word' && named.text.startsWith('.') ? readOfElement(inner, named.text.slice(1)) : undefined
  reader.next = inner.next
  return { kind: 'has', path, filter: rest ? { kind: 'and', terms: [filter, rest] } : filter }
}

/** Entra's `emails[type eq "work"].value eq "x"`: the condition after the bracket is about the same element. */
function readOfElement(inner: Reader, name: string): Filter {
  const { at } = take(inner)
  const path = inner.resolve(name)
  if (!path) throw filterError(at, `${quoted(name)} is not a sub-attribute here; /Schemas lists the attributes`)
  return readCondition(inner, path)
}

function readCondition(reader: Reader, path: ResolvedPath): Filter {
  const token = take(reader)
  if (isWord(token, 'pr')) return { kind: 'present', path }
  const op = OPERATORS.find((each) => isWord(token, each))
  if (!op) throw filterError(token.at, `an operator was expected: ${OPERATORS.join(', ')} or pr`)
  const target = comparable(path, token.at)
  const operand = take(reader)
  if (operand.kind !== 'value') {
    throw filterError(operand.at, 'a value was expected: a text in double quotes, a number, true, false or null')
  }
  return { kind: 'compare', path: target, op, value: typed(leafOf(target), op, operand.value, token.at, operand.at) }
}

/** RFC 7644 §3.4.2.2: a complex attribute named alone stands for its `value` sub-attribute. */
function comparable(path: ResolvedPath, at: number): ResolvedPath {
  const leaf = leafOf(path)
  if (leaf.type !== 'complex') return path
  const value = path.sub ? undefined : subAttribute(leaf, 'value')
  if (!value) throw filterError(at, `"${path.text}" has no value of its own; name one of its sub-attributes`)
  return { ...path, keys: [...path.keys, value.name], sub: value }
}

function typed(leaf: Attribute, op: CompareOp, value: FilterValue, opAt: number, at: number): FilterValue {
  const isEquality = op === 'eq' || op === 'ne'
  if (!ALLOWED[leaf.type].includes(op)) throw filterError(opAt, `"${op}" does not work on ${leaf.type} attributes`)
  if (value === null) {
    if (isEquality) return null
    throw filterError(at, 'null can only be compared with eq and ne')
  }
  if (leaf.type === 'boolean') {
    // Entra writes booleans in filters as text: roles[primary eq "True"].
    const text = typeof value === 'string' ? value.toLowerCase() : undefined
    if (text === 'true' || text === 'false') return text === 'true'
    if (typeof value === 'boolean') return value
    throw filterError(at, 'true or false was expected, without quotes')
  }
  if (leaf.type === 'integer' || leaf.type === 'decimal') {
    if (typeof value === 'number') return value
    throw filterError(at, 'a number was expected, without quotes')
  }
  if (typeof value !== 'string') throw filterError(at, 'a text in double quotes was expected')
  if (leaf.type === 'dateTime' && Number.isNaN(parseDateTime(value))) {
    throw filterError(at, 'a date and time was expected, such as "2026-01-31T09:30:00Z"')
  }
  return value
}

const DATE_TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?)?$/i

/** The instant of an xsd:dateTime in milliseconds, UTC where no zone is given; NaN when it is none. */
export function parseDateTime(text: string): number {
  if (!DATE_TIME.test(text)) return Number.NaN
  const upper = text.toUpperCase()
  return Date.parse(upper.includes('T') && !/(?:Z|[+-]\d\d:\d\d)$/.test(upper) ? `${upper}Z` : upper)
}

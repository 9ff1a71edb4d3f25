import { closest } from './closest'
import { EVENT_TYPES, type EventType, OUTCOMES, READ_TYPES } from './types'

/** What can stand before a colon in the search box, with an example for the one who asks. */
export const QUALIFIERS = {
  type: 'type:user.* or type:lookup',
  status: 'status:failed',
  actor: 'actor:okta or actor:"Adam Clarke"',
  user: 'user:john.doe@porter.example',
  group: 'group:Engineering',
  target: 'target:0198…',
  path: 'path:/Groups',
  code: 'code:409 or code:4xx',
  token: 'token:x7Qf',
  ip: 'ip:192.0.2.7',
  request: 'request:0198…',
  after: 'after:2026-01-31',
  before: 'before:2026-01-31T12:00',
} as const

type Qualifier = keyof typeof QUALIFIERS
export type TermKey = Qualifier | 'text'
/** `key:a,b`: one of the values. Several terms hold together. */
export type Term = { key: TermKey; values: string[]; not: boolean }
/** Why a part of the search was left out, and what to write instead. */
export type Hint = { part: string; text: string }
export type Search = { terms: Term[]; hints: Hint[] }

const MAX_TEXT = 1000
const MAX_TERMS = 20
const MAX_VALUES = 20

const isQualifier = (name: string): name is Qualifier => Object.hasOwn(QUALIFIERS, name)

/** A word up to a blank that is not inside quotes. */
const WORD = /(?:"(?:[^"\\]|\\.)*"?|[^\s"])+/gs
const QUALIFIED = /^([a-z_]+):(.*)$/is

/**
 * Reads `type:user.* status:failed user:"John Doe" -type:lookup deactivated`. Never throws: what it cannot read is left
 * out and comes back as a hint. `parseSearch(printSearch(terms)).terms` equals `terms`.
 */
export function parseSearch(input: string): Search {
  const search: Search = { terms: [], hints: [] }
  const words = clean(input).slice(0, MAX_TEXT).match(WORD) ?? []
  for (const word of words.slice(0, MAX_TERMS)) readWord(word, search)
  if (words.length > MAX_TERMS) {
    search.hints.push({ part: words.slice(MAX_TERMS).join(' '), text: `Only the first ${MAX_TERMS} parts count.` })
  }
  return search
}

const clean = (text: string) => text.replaceAll('\0', '').toWellFormed()

function readWord(word: string, { terms, hints }: Search) {
  const not = word.startsWith('-') && word.length > 1
  const body = not ? word.slice(1) : word
  const [, name, rest = ''] = QUALIFIED.exec(body) ?? []
  if (name === undefined) {
    const value = body.startsWith('"') ? unquote(body) : body
    if (value !== '') terms.push({ key: 'text', values: [value], not })
    return
  }
  const key = name.toLowerCase()
  if (!isQualifier(key)) return void hints.push({ part: word, text: unknownQualifier(key, body) })
  const values = splitValues(rest).slice(0, MAX_VALUES)
  const problem = problemOf(key, values, not)
  if (problem) hints.push({ part: word, text: problem })
  else terms.push({ key, values, not })
}

function unknownQualifier(key: string, body: string): string {
  const near = closest(key, Object.keys(QUALIFIERS))
  const meant = near ? `Did you mean ${near}:?` : `There are ${Object.keys(QUALIFIERS).join(', ')}.`
  return `“${key}:” is no qualifier, so it is left out. ${meant} To search for the text itself, write ${quote(body)}.`
}

/** Values between commas, quotes respected; empty ones are left out. */
function splitValues(text: string): string[] {
  const parts = text.match(/(?:"(?:[^"\\]|\\.)*"?|[^,"])+/gs) ?? []
  return parts.map((part) => (part.startsWith('"') ? unquote(part) : part)).filter((value) => value !== '')
}

const unquote = (text: string) =>
  text
    .slice(1)
    .replace(/(?<!\\)((?:\\\\)*)"$/s, '$1')
    .replace(/\\(["\\])/g, '$1')

const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`

function problemOf(key: Qualifier, values: string[], not: boolean): string | null {
  if (values.length === 0) return `${key}: needs a value, such as ${QUALIFIERS[key]}.`
  if (key === 'after' || key === 'before') return timeProblem(key, values, not)
  const bad = values.find((value) => !valid(key, value))
  return bad === undefined ? null : badValue(key, bad)
}

function valid(key: Qualifier, value: string): boolean {
  if (key === 'type') return typesOf(value).length > 0
  if (key === 'status') return OUTCOMES.some((outcome) => outcome === value.toLowerCase())
  return key !== 'code' || /^[1-5](\d\d|xx)$/i.test(value)
}

function badValue(key: Qualifier, value: string): string {
  if (key === 'status') return `“${value}” is no status, so it is left out. There are ${OUTCOMES.join(', ')}.`
  if (key === 'code') return `“${value}” is no status code, so it is left out. Write ${QUALIFIERS.code}.`
  const near = closest(value, EVENT_TYPES)
  const meant = near ? `Did you mean type:${near}?` : `Write ${QUALIFIERS.type}.`
  return `No event has the type “${value}”, so it is left out. ${meant}`
}

function timeProblem(key: 'after' | 'before', values: string[], not: boolean): string | null {
  if (not) return `-${key}: cannot be turned around; write ${key === 'after' ? 'before' : 'after'}: instead.`
  if (values.length === 1 && timeOf(values[0] ?? '')) return null
  return `${key}: needs one day or time, such as ${QUALIFIERS[key]} (UTC), so it is left out.`
}

/** A day or a time in UTC unless it names a zone; null for anything else. */
export function timeOf(value: string): Date | null {
  const [, day, clock = 'T00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)?(Z|[+-]\d\d:\d\d)?$/i.exec(value) ?? []
  const time = new Date(`${day}${clock}${zone}`.toUpperCase())
  return day === undefined || Number.isNaN(time.getTime()) ? null : time
}

/** The event types a value names: itself, a prefix such as `user.*`, or `lookup` for all reads. */
export function typesOf(value: string): EventType[] {
  const name = value.toLowerCase()
  if (name === 'lookup' || name === 'lookups') return [...READ_TYPES]
  if (name.endsWith('*')) return EVENT_TYPES.filter((type) => type.startsWith(name.slice(0, -1)))
  return EVENT_TYPES.filter((type) => type === name)
}

/** The search as text, which reads back as the same terms. */
export const printSearch = (terms: readonly Term[]): string => terms.map(printTerm).join(' ')

/** One term as it is written. */
export function printTerm({ key, values, not }: Term): string {
  const minus = not ? '-' : ''
  if (key !== 'text') return `${minus}${key}:${values.map((value) => printValue(value)).join(',')}`
  return minus + values.map((value) => (/^-|^[a-z_]+:/i.test(value) ? quote(value) : printValue(value))).join(' ')
}

const printValue = (value: string) => (/^$|[\s,"]|^\\|\\$/.test(value) ? quote(value) : value)

/** The terms with one value of a facet switched on or off: `type:a` and b give `type:a,b`. */
export function toggleValue(terms: readonly Term[], key: Qualifier, value: string): Term[] {
  const mine = terms.find((term) => term.key === key && !term.not)
  if (!mine) return [...terms, { key, values: [value], not: false }]
  const values = mine.values.includes(value) ? mine.values.filter((each) => each !== value) : [...mine.values, value]
  return terms.flatMap((term) => (term !== mine ? [term] : values.length > 0 ? [{ ...mine, values }] : []))
}

/** The values of a facet that are switched on. */
export const valuesOf = (terms: readonly Term[], key: Qualifier): string[] =>
  terms.flatMap((term) => (term.key === key && !term.not ? term.values : []))

/** The terms without one of them. */
export const withoutTerm = (terms: readonly Term[], gone: Term): Term[] => terms.filter((term) => term !== gone)

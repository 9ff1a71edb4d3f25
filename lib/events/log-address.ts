import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server'
import { eventIdFromRef } from '@/lib/ids'
import { parseSearch, type Term, timeOf } from './search'

const MINUTE = 60_000
const DAY = 86_400_000

/** How far back the log looks, by the word in the address. */
export const RANGES = {
  '15m': { ms: 15 * MINUTE, label: '15 minutes' },
  '1h': { ms: 60 * MINUTE, label: 'hour' },
  '24h': { ms: DAY, label: '24 hours' },
  '7d': { ms: 7 * DAY, label: '7 days' },
  '30d': { ms: 30 * DAY, label: '30 days' },
  all: { ms: 400 * DAY, label: '400 days' },
} as const

export type Range = keyof typeof RANGES
export const RANGE_NAMES = ['15m', '1h', '24h', '7d', '30d', 'all'] as const satisfies readonly Range[]

/** `1` is on; anything else, or nothing, off. */
const flag = createParser({ parse: (value) => value === '1', serialize: (on) => (on ? '1' : '0') }).withDefault(false)

/** A time, in UTC unless it names a zone: what the browser's own field sends has none. */
const time = createParser({ parse: timeOf, serialize: (at: Date) => at.toISOString() })

const eventId = createParser({ parse: (value) => eventIdFromRef(value), serialize: (id) => id })

/** Everything the log's address can say. Page, client and exports read it with this one list. */
export const logParsers = {
  q: parseAsString.withDefault(''),
  range: parseAsStringLiteral(RANGE_NAMES).withDefault('7d'),
  from: time,
  to: time,
  reads: flag,
  density: parseAsStringLiteral(['dense']),
  before: eventId,
  event: parseAsString,
}

export type LogAddress = inferParserType<typeof logParsers>

/** Reads the address: `await loadLog(searchParams)`, or a URL's. What it cannot read counts as not there. */
export const loadLog = createLoader(logParsers)

const serialize = createSerializer(logParsers)

/** The log's address with something changed; what is the default is left out. */
export function logHref(org: string, address: LogAddress, change: Partial<LogAddress> = {}, below = ''): string {
  const moved = 'before' in change || 'event' in change ? change : { ...change, before: null }
  return serialize(`/orgs/${org}/admin/events${below}`, { event: null, ...pick(address), ...moved })
}

/** Without the open event: a link to a list does not open one. */
const pick = ({ event: _, ...rest }: LogAddress) => rest

/** The log's query string alone, for the routes beside the page. */
export const logQuery = (address: LogAddress): string => serialize('', { ...pick(address), density: null })

export type Span = { from: Date; to: Date | null; custom: boolean }

/** The time that is looked at; `after:` and `before:` of the search win over the range. An open end is now. */
export function spanOf({ range, from, to }: LogAddress, terms: readonly Term[], now = Date.now()): Span {
  const named = (key: 'after' | 'before') => timeOf(terms.findLast((term) => term.key === key)?.values[0] ?? '')
  const [after, before] = [named('after'), named('before')]
  if (after || before) return { from: after ?? new Date(now - RANGES.all.ms), to: before, custom: true }
  if (from) return { from, to: to && to > from ? to : null, custom: true }
  return { from: new Date(now - RANGES[range].ms), to: null, custom: false }
}

export type LogSearch = { text: string; terms: Term[]; hints: { part: string; text: string }[] }

export const searchOf = ({ q }: LogAddress): LogSearch => ({ text: q, ...parseSearch(q) })

import 'server-only'
import { countEvents, type Facets } from './facets'
import { type Histogram, rolledUp, slotsOf, toHistogram } from './histogram'
import { type LogAddress, type LogSearch, type Span, searchOf, spanOf } from './log-address'
import { type LogFilter, toLogFilter } from './log-filter'
import { findNames } from './names'
import { type EventPage, listDurations, listLog } from './query'
import type { Window } from './select'

const PAGE = 50
const BARS = 60

export type LogQuery = { search: LogSearch; span: Span; filter: LogFilter; window: Window }

/** What an address of the log asks for, with the people it names looked up. */
export async function readQuery(orgId: string, address: LogAddress): Promise<LogQuery> {
  return (await understand(orgId, address)).query
}

async function understand(orgId: string, address: LogAddress) {
  const search = searchOf(address)
  const span = spanOf(address, search.terms)
  const names = await findNames(orgId, search.terms)
  const filter = toLogFilter(search.terms, address.reads, names)
  return { names, query: { search, span, filter, window: { from: span.from, to: span.to ?? undefined } } }
}

export type Log = LogQuery & {
  page: EventPage
  durations: Record<string, number>
  facets: Facets
  chart: Histogram
}

/** Everything the log's page shows. */
export async function readLog(orgId: string, address: LogAddress): Promise<Log> {
  const { names, query } = await understand(orgId, address)
  const { search, span, filter, window } = query
  const page = await listLog(orgId, filter, { ...window, before: address.before ?? undefined }, PAGE)
  const times = { from: span.from, to: span.to ?? new Date() }
  const { slots, stepMs, complete } = await slotsOf(orgId, { ...times, buckets: BARS }, filter)
  const known = rolledUp(filter) && complete ? slots : null
  const counted = {
    terms: search.terms,
    reads: address.reads,
    names,
    window,
    slots: known,
    partial: page.partial ?? false,
  }
  return {
    ...query,
    page,
    durations: await listDurations(
      orgId,
      page.events.map(({ id }) => id),
    ),
    facets: await countEvents(orgId, counted),
    chart: toHistogram(times, stepMs, complete, slots, filter),
  }
}

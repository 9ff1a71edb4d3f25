import 'server-only'
import { sql } from 'drizzle-orm'
import { withOrg } from '@/db/tenant'
import type { Slot } from './histogram'
import { type LogFilter, type Names, toLogFilter } from './log-filter'
import type { Term } from './search'
import { selectEvents, type Window } from './select'
import { type ActorKind, type EventType, isReadType, type Outcome, READ_TYPES } from './types'

/** Counted one by one up to here; `more`: at least so many. */
export const EXACT = 10_000

/** Of more than that, who acted is counted among so many of the newest. */
const SAMPLE = 2000

export type Count = { n: number; more: boolean }
export type FacetValue = Count & { value: string }
export type Facets = {
  total: Count
  /** Look-ups that are hidden; null when they show, or the search names types itself. */
  lookups: Count | null
  type: FacetValue[]
  status: FacetValue[]
  actor: FacetValue[]
}

type Group = { type: EventType; outcome: Outcome; actor_kind: ActorKind; name: string | null; n: number }
type Facet = 'type' | 'status' | 'actor'

/** What is searched for, with the counts of the roll-up for the same window where it can answer. */
export type Counted = {
  terms: Term[]
  reads: boolean
  names: Names
  window: Window
  slots: Slot[] | null
  /** The search could not look at the whole window. */
  partial: boolean
}

/**
 * The total of a search and how it divides by type, status and actor, exact to 10,000. Each facet is counted as if it
 * were not filtered by, so that its other values show what they would give.
 */
export async function countEvents(orgId: string, search: Counted): Promise<Facets> {
  const { terms, reads, names, slots } = search
  const filter = toLogFilter(terms, reads, names)
  const without = (key: Facet) => {
    const rest = terms.filter((term) => term.key !== key || term.not)
    return rest.length < terms.length ? toLogFilter(rest, reads, names) : filter
  }
  const named = terms.some(({ key }) => key === 'type')
  return withOrg(orgId, () =>
    slots ? fromSlots(orgId, search, slots, filter, without, named) : oneByOne(orgId, search, filter, without, named),
  )
}

const capped = (n: number, more: boolean): Count => (n > EXACT ? { n: EXACT, more: true } : { n, more })

type Without = (key: Facet) => LogFilter

/** The roll-up knows types and outcomes of the whole window; only who acted is counted one by one. */
async function fromSlots(
  orgId: string,
  { window, reads }: Counted,
  slots: Slot[],
  filter: LogFilter,
  without: Without,
  named: boolean,
): Promise<Facets> {
  const sums = (f: LogFilter, valueIn: (slot: Slot) => string) => {
    const some = slots.filter(
      (slot) => (f.types?.includes(slot.type) ?? true) && (f.outcomes?.includes(slot.outcome) ?? true),
    )
    return valuesIn(some, valueIn, false)
  }
  const total = sums(filter, () => '')[0] ?? { n: 0, more: false }
  const hidden = sums({ ...filter, types: [...READ_TYPES] }, () => '')[0] ?? { n: 0, more: false }
  const { groups } = await groupsOf(orgId, filter, window, total.more ? SAMPLE : EXACT)
  return {
    total: capped(total.n, total.more),
    lookups: reads || named ? null : capped(hidden.n, hidden.more),
    type: sums(without('type'), (slot) => slot.type),
    status: sums(without('status'), (slot) => slot.outcome),
    actor: valuesIn(groups, actorIn, total.more),
  }
}

async function oneByOne(
  orgId: string,
  { window, reads, partial }: Counted,
  filter: LogFilter,
  without: Without,
  named: boolean,
): Promise<Facets> {
  const hides = !reads && !named
  // Look-ups are counted along with the rest; only where that is too much, the rest alone.
  const both = await groupsOf(orgId, hides ? { ...filter, types: null } : filter, window, EXACT)
  const hidden = hides ? both.groups.filter(({ type }) => isReadType(type)) : []
  const some = both.groups.filter((group) => !hidden.includes(group))
  const all = both.more && hidden.length > 0 ? await groupsOf(orgId, filter, window, EXACT) : { ...both, groups: some }
  const facet = async (key: Facet, valueIn: (group: Group) => string) => {
    const other = without(key)
    const { groups, more } = other === filter ? all : await groupsOf(orgId, other, window, EXACT)
    return valuesIn(groups, valueIn, more)
  }
  return {
    total: capped(sum(all.groups), all.more || partial),
    lookups: hides ? capped(sum(hidden), both.more) : null,
    type: await facet('type', (group) => group.type),
    status: await facet('status', (group) => group.outcome),
    actor: await facet('actor', actorIn),
  }
}

const actorIn = (group: Group) => group.name ?? group.actor_kind
const sum = (groups: { n: number }[]) => groups.reduce((total, { n }) => total + n, 0)

async function groupsOf(orgId: string, filter: LogFilter, window: Window, most: number) {
  const columns = sql`type, outcome, actor_kind, actor_name, id`
  const rows = selectEvents(orgId, filter, window, { limit: most + 1, columns, loosely: true })
  const groups = await withOrg(orgId, (tx) =>
    tx.execute<Group>(sql`
      select type, outcome, actor_kind, case when actor_kind = 'user' then actor_name end as name, count(*)::int as n
      from (${rows}) e group by 1, 2, 3, 4`),
  )
  return { groups: [...groups], more: sum(groups) > most }
}

/** Sums by value, the greatest first. */
function valuesIn<T extends { n: number }>(items: T[], valueIn: (item: T) => string, more: boolean): FacetValue[] {
  const sums = new Map<string, number>()
  for (const item of items) sums.set(valueIn(item), (sums.get(valueIn(item)) ?? 0) + item.n)
  return [...sums]
    .map(([value, n]) => ({ value, ...capped(n, more) }))
    .sort((a, b) => b.n - a.n || a.value.localeCompare(b.value, 'en'))
}

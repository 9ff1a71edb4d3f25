import { type Term, typesOf } from './search'
import { type ActorKind, EVENT_TYPES, type EventType, isReadType, OUTCOMES, type Outcome } from './types'
import type { EventView } from './view'

export const ACTOR_KINDS = ['okta', 'user', 'system', 'demo', 'anonymous'] as const satisfies readonly ActorKind[]

/** One thing an event can be asked for that no index answers. */
export type Condition =
  | { is: 'text' | 'path' | 'targetName' | 'actorName'; has: string; kind?: 'user' | 'group' | undefined }
  | { is: 'code'; from: number; to: number }
  | { is: 'actorKind' | 'target' | 'actor' | 'token' | 'ip' | 'request'; value: string }

/** Any of the conditions, or none of them. */
export type Loose = { not: boolean; any: Condition[] }

/**
 * A search with its names looked up: what must hold of an event, together. Null allows everything. Plain data, so that
 * the page's live rows are chosen by the very filter the server used.
 */
export type LogFilter = {
  types: EventType[] | null
  outcomes: Outcome[] | null
  actorKinds: ActorKind[] | null
  /** People who acted. */
  actorIds: string[] | null
  targetIds: string[] | null
  loose: Loose[]
}

/** Ids of the people and groups a search names, by `user:…`, `group:…` and `actor:…`; without an entry: unknown here. */
export type Names = ReadonlyMap<string, string[]>

export const nameKey = (key: 'user' | 'group' | 'actor', value: string): string => `${key}:${value}`

export const everything: LogFilter = {
  types: null,
  outcomes: null,
  actorKinds: null,
  actorIds: null,
  targetIds: null,
  loose: [],
}

/** What the terms ask for. Look-ups are hidden unless `reads`, or a type names them itself. */
export function toLogFilter(terms: readonly Term[], reads: boolean, names: Names = new Map()): LogFilter {
  const filter: LogFilter = { ...everything, types: typesFor(terms, reads), loose: [] }
  for (const term of terms) apply(filter, term, names)
  return filter
}

function typesFor(terms: readonly Term[], reads: boolean): EventType[] | null {
  const named = terms.filter(({ key }) => key === 'type')
  if (named.length === 0 && reads) return null
  const sets = named.map(({ values, not }) => ({ not, set: new Set(values.flatMap((value) => shown(value, reads))) }))
  const byName = sets.some(({ not }) => !not)
  return EVENT_TYPES.filter(
    (type) => sets.every(({ not, set }) => set.has(type) !== not) && (reads || byName || !isReadType(type)),
  )
}

/** A prefix hides the look-ups among its types as the list does; a look-up's own name shows it. */
const shown = (value: string, reads: boolean) =>
  typesOf(value).filter((type) => reads || !value.endsWith('*') || !isReadType(type))

function apply(filter: LogFilter, { key, values, not }: Term, names: Names) {
  const loosely = (any: Condition[]) => filter.loose.push({ not, any })
  if (key === 'status') {
    const wanted = new Set(values.map((value) => value.toLowerCase()))
    filter.outcomes = (filter.outcomes ?? OUTCOMES).filter((outcome) => wanted.has(outcome) !== not)
  } else if (key === 'actor') applyActor(filter, values, not, names)
  else if (key === 'user' || key === 'group') {
    const any = values.flatMap((value) => thing(key, value, names))
    const ids = any.flatMap((each) => (each.is === 'target' ? [each.value] : []))
    if (!not && filter.targetIds === null && ids.length === any.length) filter.targetIds = ids
    else loosely(any)
  } else if (key === 'target') {
    if (!not && filter.targetIds === null) filter.targetIds = values
    else loosely(values.map((value) => ({ is: 'target', value })))
  } else if (key === 'text' || key === 'path') loosely(values.map((has) => ({ is: key, has })))
  else if (key === 'code') loosely(values.map(codes))
  else if (key === 'token' || key === 'ip' || key === 'request') loosely(values.map((value) => ({ is: key, value })))
}

function thing(key: 'user' | 'group', value: string, names: Names): Condition[] {
  const ids = names.get(nameKey(key, value))
  return ids?.length ? ids.map((id) => ({ is: 'target', value: id })) : [{ is: 'targetName', has: value, kind: key }]
}

function applyActor(filter: LogFilter, values: string[], not: boolean, names: Names) {
  const any = values.flatMap((value): Condition[] => {
    const kind = ACTOR_KINDS.find((each) => each === value.toLowerCase())
    if (kind) return [{ is: 'actorKind', value: kind }]
    const ids = names.get(nameKey('actor', value))
    return ids?.length ? ids.map((id) => ({ is: 'actor', value: id })) : [{ is: 'actorName', has: value }]
  })
  const ids = any.flatMap((each) => (each.is === 'actor' ? [each.value] : []))
  const kinds = ACTOR_KINDS.filter((kind) => any.some((each) => each.is === 'actorKind' && each.value === kind))
  if (any.every((each) => each.is === 'actorKind')) {
    filter.actorKinds = (filter.actorKinds ?? ACTOR_KINDS).filter((kind) => kinds.includes(kind) !== not)
  } else if (!not && filter.actorIds === null && ids.length === any.length) filter.actorIds = ids
  else filter.loose.push({ not, any })
}

function codes(value: string): Condition {
  const from = Number(value.toLowerCase().replace('xx', '00'))
  return { is: 'code', from, to: value.length === 3 && /xx$/i.test(value) ? from + 99 : from }
}

/** True when an event is one of those the filter asks for. The same rule as the SQL of select.ts. */
export function matches(event: EventView, f: LogFilter): boolean {
  return (
    (f.types === null || f.types.includes(event.type)) &&
    (f.outcomes === null || f.outcomes.includes(event.outcome)) &&
    (f.actorKinds === null || f.actorKinds.includes(event.actorKind)) &&
    (f.actorIds === null || (event.actorKind === 'user' && f.actorIds.includes(event.actorId ?? ''))) &&
    (f.targetIds === null || f.targetIds.includes(event.targetId ?? '')) &&
    f.loose.every(({ not, any }) => any.some((condition) => holds(event, condition)) !== not)
  )
}

const includes = (text: string | null, part: string) => (text ?? '').toLowerCase().includes(part.toLowerCase())

function holds(e: EventView, c: Condition): boolean {
  switch (c.is) {
    case 'text':
      return [e.targetName, e.actorName, e.path].some((text) => includes(text, c.has))
    case 'path':
      return includes(e.path, c.has)
    case 'targetName':
      return includes(e.targetName, c.has) && (c.kind === undefined || e.targetKind === c.kind)
    case 'actorName':
      return includes(e.actorName, c.has)
    case 'code':
      return e.status !== null && e.status >= c.from && e.status <= c.to
    case 'actorKind':
      return e.actorKind === c.value
    case 'target':
      return e.targetId === c.value
    case 'actor':
      return e.actorKind === 'user' && e.actorId === c.value
    case 'token':
      return e.actorKind === 'okta' && e.actorId === c.value
    case 'ip':
      return e.ip === c.value
    case 'request':
      return e.requestId === c.value
  }
}

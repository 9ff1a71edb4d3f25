import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { floorId } from './id-range'
import { ACTOR_KINDS, type Condition, type LogFilter, type Loose } from './log-filter'
import { EVENT_TYPES, type EventType, isReadType, OUTCOMES } from './types'

/** The part of an org's log that is looked at; `before` and `after` are ids, for pages. */
export type Window = {
  from?: Date | undefined
  to?: Date | undefined
  before?: string | undefined
  after?: string | undefined
}

/** Conditions no index answers look at this many rows of the window at most. */
export const MAX_SCAN = 100_000
const DAY = 86_400_000

export type Wanted = { limit: number; oldestFirst?: boolean | undefined; columns?: SQL | undefined; loosely?: boolean }

/**
 * The newest `limit` events of a filter, as a query. One index answers it at any size: by target, actor, outcome or type
 * each key gives its newest rows, which are then merged. What no index answers is looked for in the newest MAX_SCAN rows
 * of that index, or of the window. Values of closed lists are written out, so that partial indexes apply. `loosely`: any
 * rows will do, for counting.
 */
export function selectEvents(orgId: string, f: LogFilter, w: Window, wanted: Wanted): SQL {
  const { limit, oldestFirst = false, columns = sql`*`, loosely = false } = wanted
  const order = oldestFirst ? sql`order by id asc` : sql`order by id desc`
  const window = sql`org_id = ${orgId}::uuid and ${between(w)}`
  const plan = planOf(f)
  if (plan.shape === 'merge') {
    const of = plan.by.map(({ partial, where }, i) => sql`${partial}${where(sql.raw(`k${i}.v`))}`)
    const where = sql.join([window, ...of, closed(f, plan.by)], sql` and `)
    const each = sql`select * from events where ${where} ${order} limit ${limit}`
    const keys = plan.by.map(({ literals }, i) => sql`unnest(array[${literals}]::text[]) ${sql.raw(`k${i}`)}(v)`)
    const merged = loosely ? sql`` : order
    return sql`select ${columns} from ${sql.join(keys, sql` cross join `)} cross join lateral (${each}) e ${merged} limit ${limit}`
  }
  const key = keyOf(plan.driver)
  if (plan.shape === 'index') {
    const rest = closed(f, plan.driver ? [plan.driver] : [])
    return sql`select ${columns} from events where ${window}${key} and ${rest} ${order} limit ${limit}`
  }
  const scanned = sql`select * from events where ${window}${key}${shown(f)} ${order} limit ${MAX_SCAN}`
  return sql`select ${columns} from (${scanned}) e where ${closed(f)} and ${all(f.loose)} ${order} limit ${limit}`
}

/** Where the scan of MAX_SCAN rows ends, as a query for an id; null when an index alone answers the filter. */
export function selectScanEnd(orgId: string, f: LogFilter, w: Window): SQL | null {
  const plan = planOf(f)
  if (plan.shape !== 'scan') return null
  return sql`select id from events where org_id = ${orgId}::uuid and ${between(w)}${keyOf(plan.driver)}${shown(f)}
    order by id desc offset ${MAX_SCAN - 1} limit 1`
}

type Plan = { shape: 'merge'; by: Driver[] } | { shape: 'index' | 'scan'; driver: Driver | null }

const keyOf = (driver: Driver | null) => (driver ? sql` and ${driver.where(driver.literals)}` : sql``)

/**
 * `index`: its rows in order, one by one. `merge`: those of several keys, or of several pairs of an outcome and a type,
 * which have an index together. `scan`: the newest MAX_SCAN rows at most.
 */
function planOf(f: LogFilter): Plan {
  const drivers = driversOf(f)
  const single = drivers.find(({ keys }) => keys.length === 1)
  const [byOutcome, byType, third] = drivers
  if (f.loose.length === 0 && byOutcome?.keys === f.outcomes && byType?.keys === f.types && !third) {
    return { shape: 'merge', by: [byOutcome, byType] }
  }
  const halves = (f.outcomes?.includes('success') ?? false) || (f.actorKinds?.includes('okta') ?? false)
  if (single) return { shape: f.loose.length > 0 || halves || drivers.length > 1 ? 'scan' : 'index', driver: single }
  const [first] = drivers
  if (f.loose.length > 0 || halves) return { shape: 'scan', driver: null }
  return first ? { shape: 'merge', by: [first] } : { shape: 'index', driver: null }
}

type Driver = {
  keys: readonly string[]
  literals: SQL
  where: (key: SQL) => SQL
  /** What a partial index wants said where the key is no literal. Said of a literal too, it would halve the estimate. */
  partial: SQL
}

const whole = sql``

/** The indexes that could serve a filter, the most telling first. */
function driversOf(f: LogFilter): Driver[] {
  const drivers: Driver[] = []
  const add = (keys: readonly string[], literals: SQL, where: Driver['where'], partial = whole) =>
    drivers.push({ keys, literals, where, partial })
  if (f.targetIds) add(f.targetIds, params(f.targetIds), (k) => sql`target_id = ${k}`)
  if (f.actorIds) add(f.actorIds, params(f.actorIds), (k) => sql`actor_kind = 'user' and actor_id = ${k}`)
  if (f.outcomes && !f.outcomes.includes('success')) {
    add(f.outcomes, literals(f.outcomes, OUTCOMES), (k) => sql`outcome = ${k}`, sql`outcome <> 'success' and `)
  }
  if (f.actorKinds && !f.actorKinds.includes('okta')) {
    const kinds = literals(f.actorKinds, ACTOR_KINDS)
    add(f.actorKinds, kinds, (k) => sql`actor_kind = ${k}`, sql`actor_kind <> 'okta' and `)
  }
  if (f.types && !hidesReads(f.types)) add(f.types, literals(f.types, EVENT_TYPES), (k) => sql`type = ${k}`)
  return drivers
}

/** The list as it is when nothing is asked of the type: all but look-ups, which have an index of their own. */
const hidesReads = (types: EventType[] | null) =>
  types !== null && EVENT_TYPES.every((type) => isReadType(type) !== types.includes(type))

const shown = (f: LogFilter) =>
  hidesReads(f.types) ? sql` and ${isOneOf(sql`type`, f.types ?? [], EVENT_TYPES)}` : whole

/** Conditions on columns of closed lists, cheap to check on rows an index gave; not those that `by` answers already. */
function closed(f: LogFilter, by: Driver[] = []): SQL {
  const open = <T extends readonly string[]>(keys: T | null) =>
    by.some((driver) => driver.keys === keys) ? null : keys
  const [types, outcomes, kinds] = [open(f.types), open(f.outcomes), open(f.actorKinds)]
  const [actorIds, targetIds] = [open(f.actorIds), open(f.targetIds)]
  const parts = [
    types && isOneOf(sql`type`, types, EVENT_TYPES),
    outcomes && isOneOf(sql`outcome`, outcomes, OUTCOMES),
    kinds && isOneOf(sql`actor_kind`, kinds, ACTOR_KINDS),
    actorIds && sql`actor_kind = 'user' and actor_id in (${params(actorIds)})`,
    targetIds && sql`target_id in (${params(targetIds)})`,
  ]
  return sql.join([sql`true`, ...parts.filter((part) => part !== null)], sql` and `)
}

/** Written as what is allowed or as what is not, whichever is shorter. */
function isOneOf(column: SQL, values: readonly string[], known: readonly string[]): SQL {
  if (values.length === 0) return sql`false`
  const others = known.filter((each) => !values.includes(each))
  if (others.length === 0) return sql`true`
  return others.length < values.length
    ? sql`${column} not in (${literals(others, known)})`
    : sql`${column} in (${literals(values, known)})`
}

/** Only words of our own lists are ever written into a statement. */
const literals = (values: readonly string[], known: readonly string[]) =>
  sql.raw(
    values
      .filter((value) => known.includes(value))
      .map((value) => `'${value}'`)
      .join(', ') || 'null',
  )

const params = (values: readonly string[]) =>
  values.length > 0
    ? sql.join(
        values.map((value) => sql`${value}`),
        sql`, `,
      )
    : sql`null`

/** Always with an end, so that the months that cannot hold any of it are left out of the plan. */
function between({ from, to, before, after }: Window): SQL {
  const parts = [sql`id < ${floorId(to?.getTime() ?? Date.now() + DAY)}::uuid`]
  if (from) parts.push(sql`id >= ${floorId(from.getTime())}::uuid`)
  if (before !== undefined) parts.push(sql`id < ${before}::uuid`)
  if (after !== undefined) parts.push(sql`id > ${after}::uuid`)
  return sql.join(parts, sql` and `)
}

function all(loose: Loose[]): SQL {
  const parts = loose.map(({ not, any }) => {
    const holds = sql`(${sql.join(any.map(condition), sql` or `)})`
    return not ? sql`not ${holds}` : holds
  })
  return sql.join([sql`true`, ...parts], sql` and `)
}

function condition(c: Condition): SQL {
  switch (c.is) {
    case 'text':
      return sql`(${has(sql`target_name`, c.has)} or ${has(sql`actor_name`, c.has)} or ${has(sql`path`, c.has)})`
    case 'path':
      return has(sql`path`, c.has)
    case 'targetName':
      return c.kind
        ? sql`coalesce(target_kind = ${c.kind} and ${has(sql`target_name`, c.has)}, false)`
        : has(sql`target_name`, c.has)
    case 'actorName':
      return has(sql`actor_name`, c.has)
    case 'code':
      return sql`coalesce(status between ${c.from}::int and ${c.to}::int, false)`
    case 'actorKind':
      return sql`actor_kind = ${c.value}`
    case 'target':
      return sql`coalesce(target_id = ${c.value}, false)`
    case 'actor':
      return sql`coalesce(actor_kind = 'user' and actor_id = ${c.value}, false)`
    case 'token':
      return sql`coalesce(actor_kind = 'okta' and actor_id = ${c.value}, false)`
    case 'ip':
      return sql`coalesce(ip = ${c.value}, false)`
    case 'request':
      return sql`coalesce(request_id = ${c.value}, false)`
  }
}

const has = (column: SQL, part: string) =>
  sql`coalesce(${column} ilike ${`%${part.replace(/[\\%_]/g, '\\$&')}%`}, false)`

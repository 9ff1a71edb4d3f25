import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '@/db/tenant'
import { badRequest } from '@/lib/scim/errors'
import { printFilter } from '@/lib/scim/filter-print'
import type { ListQuery } from '@/lib/scim/list'
import { listName, readCursor, writeCursor } from './cursor'
import { type FilterSource, filterSql } from './filter-sql'

/** One kind of rows a list is made of. */
export type ListSource = {
  type: 'User' | 'Group'
  table: SQL
  /** The rows of this org that are there at all. */
  where: SQL
  id: SQL
  created: SQL
  filter: FilterSource
  /** What a list can be sorted by: plain columns, by attribute. */
  sort: Readonly<Record<string, SortKey>>
}

/** A column and the type its value is given back as; null = a text, compared by its beginning. */
export type SortKey = { sql: SQL; type: 'uuid' | 'timestamptz' | null }

export type Page = {
  total: number
  ids: { type: 'User' | 'Group'; id: string }[]
  nextCursor?: string
}

// The whole of a long name does not fit in a cursor; its beginning and the id make a stable order as well.
const MAX_KEY = 120

/**
 * Which resources are on a page, and how many match in all (RFC 7644 §3.4.2). Ids first: the rows skipped are never
 * read. By index through startIndex, or by cursor (RFC 9865): what lies before a cursor may come and go.
 */
export async function listPage(tx: Tx, orgId: string, sources: readonly ListSource[], q: ListQuery): Promise<Page> {
  const keys = sources.map((source) => keysOf(source, q))
  const types = (keys[0] ?? []).map((each) => each.type)
  const name = listName([
    orgId,
    sources.map((each) => each.type),
    q.filter && printFilter(q.filter),
    q.sortBy?.text,
    q.sortOrder,
  ])
  const after = q.cursor ? readCursor(q.cursor, name, types.length) : undefined
  const conditions = sources.map((each) =>
    q.filter ? sql`${each.where} and ${filterSql(q.filter, each.filter)}` : each.where,
  )
  const counts = sources.map((each, i) => sql`(select count(*) from ${each.table} where ${conditions[i]})`)
  const all = sql.join(counts, sql` + `)
  if (q.count === 0) {
    const [row] = await tx.execute<{ n: string }>(sql`select ${all} as n`)
    return { total: Number(row?.n ?? 0), ids: [] }
  }

  const rows = sources.map((source, i) => {
    const own = keys[i] ?? []
    const columns = own.map((key, k) => sql`${keySql(key)} as ${sql.raw(`k${k}`)}`)
    const beyond = after && sql` and ${place(own.map(keySql), types, after, q.sortOrder)}`
    return sql`(select ${source.type}::text as type, ${source.id} as id, ${sql.join(columns, sql`, `)}
      from ${source.table} where ${conditions[i]}${beyond})`
  })
  const from = sql`(${sql.join(rows, sql` union all `)})`
  const isDescending = q.sortOrder === 'descending'
  const by = (descending: boolean) => {
    const direction = sql.raw(descending ? 'desc' : 'asc')
    return sql.join(
      types.map((_, k) => sql`${sql.raw(`k${k}`)} ${direction}`),
      sql`, `,
    )
  }
  const byCursor = q.cursor !== undefined
  const limit = byCursor ? sql`limit ${q.count + 1}` : sql`limit ${q.count} offset ${q.startIndex - 1}`
  // A filter twice would be planned twice, and most of what it costs is the count.
  const page =
    byCursor || q.filter
      ? sql`select * from ${from} a order by ${by(isDescending)} ${limit}`
      : nearerEnd(from, by(isDescending), by(!isDescending), q)
  const shown = types.map((_, k) => sql`${sql.raw(`k${k}`)}::text`)
  const found = await tx.execute<{ n: string; type: 'User' | 'Group' | null; id: string; keys: string[] }>(sql`
    with total as materialized (select ${all} as n), page as (${page})
    select total.n, page.type, page.id::text as id, array[${sql.join(shown, sql`, `)}] as keys
    from total left join page on true order by ${by(isDescending)}`)
  const total = Number(found[0]?.n ?? 0)
  const ids = found.slice(0, q.count).flatMap(({ type, id }) => (type ? [{ type, id }] : []))
  const last = byCursor && found.length > q.count ? found[q.count - 1] : undefined
  return { total, ids, ...(last ? { nextCursor: writeCursor(name, last.keys) } : {}) }
}

/**
 * A page by index, counted from whichever end of the list is nearer: of the two halves of the union one has the limit 0
 * and reads nothing. In one statement with the total, so that both are of one moment.
 */
function nearerEnd(from: SQL, forwards: SQL, backwards: SQL, { startIndex, count }: ListQuery): SQL {
  const before = sql`${startIndex - 1}::bigint`
  const left = sql`((select n from total) - ${before} - ${count}::bigint)`
  // The last page can be shorter than asked for; past the end there is none.
  const most = sql`greatest(0, least(${count}::bigint, (select n from total) - ${before}))`
  return sql`
    (select * from ${from} a order by ${forwards}
      limit case when ${before} <= ${left} then ${most} else 0 end offset ${before})
    union all
    (select * from ${from} z order by ${backwards}
      limit case when ${before} <= ${left} then 0 else ${most} end offset greatest(0, ${left}))`
}

/** RFC 7644 §3.4.2.3: without a value last when ascending, first when descending; the id decides between equals. */
function keysOf(source: ListSource, q: ListQuery): SortKey[] {
  const id: SortKey = { sql: source.id, type: 'uuid' }
  if (!q.sortBy) return [{ sql: source.created, type: 'timestamptz' }, id]
  const key = Object.hasOwn(source.sort, q.sortBy.text) ? source.sort[q.sortBy.text] : undefined
  if (!key) {
    throw badRequest(
      'invalidValue',
      `Lists cannot be sorted by "${q.sortBy.text}". Choose one of ${Object.keys(source.sort).join(', ')}.`,
    )
  }
  if (key.type) return [key, id]
  const isUnset: SortKey = { sql: sql`case when ${key.sql} is null then '1' else '0' end`, type: null }
  return [isUnset, { ...key, sql: sql`coalesce(${key.sql}, '')` }, id]
}

const keySql = ({ sql: key, type }: SortKey): SQL =>
  type ? key : sql`left(${key}, ${sql.raw(String(MAX_KEY))}) collate "C"`

function place(keys: SQL[], types: SortKey['type'][], after: string[], order: ListQuery['sortOrder']): SQL {
  const values = after.map((value, i) => sql`${value}::${sql.raw(types[i] ?? 'text')}`)
  return sql`(${sql.join(keys, sql`, `)}) ${sql.raw(order === 'descending' ? '<' : '>')} (${sql.join(values, sql`, `)})`
}

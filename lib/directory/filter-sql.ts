import { type SQL, sql } from 'drizzle-orm'
import { isId } from '@/lib/ids'
import { badRequest } from '@/lib/scim/errors'
import { parseDateTime } from '@/lib/scim/filter'
import type { CompareOp, Filter, FilterValue } from '@/lib/scim/filter-ast'
import { leafOf, type ResolvedPath, resolvePath } from '@/lib/scim/resource-types'
import type { Attribute, ResourceType } from '@/lib/scim/schema'
import { foldKey } from '@/lib/scim/text'

/** A stored column that answers an attribute directly; `folded` ones hold foldKey of the value. */
export type FilterColumn = { sql: SQL; kind: 'exact' | 'folded' | 'boolean' | 'instant' | 'uuid' }

/** Where the attributes of a resource are found in SQL. Everything not named is in the jsonb document. */
export type FilterSource = {
  /** Attributes only other types have are without a value here (RFC 7644 §3.4.2.1). Left out inside an element. */
  type?: ResourceType
  document: SQL
  columns: Readonly<Record<string, FilterColumn>>
  /** Multi-valued attributes kept as rows: a subquery giving one jsonb column `v` per element. */
  rows: Readonly<Record<string, SQL>>
  /** Conditions for `eq` on values of those rows that an index answers. */
  keys: Readonly<Record<string, (value: string) => SQL>>
}

const NOTHING = { document: sql`'{}'::jsonb`, columns: {}, rows: {}, keys: {} }

/**
 * A filter as one SQL condition: only names of the tables, every value a parameter. It selects what evaluateFilter of
 * lib/scim selects; an absent value counts as one null there and here.
 */
export function filterSql(filter: Filter, source: FilterSource): SQL {
  switch (filter.kind) {
    case 'and':
      return sql`(${sql.join(
        filter.terms.map((each) => filterSql(each, source)),
        sql` and `,
      )})`
    case 'or':
      return sql`(${sql.join(
        filter.terms.map((each) => filterSql(each, source)),
        sql` or `,
      )})`
    case 'not':
      return sql`((${filterSql(filter.filter, source)}) is not true)`
    case 'has':
      return has(filter.path, filter.filter, sourceOf(filter.path, source))
    case 'present':
      return present(filter.path, sourceOf(filter.path, source))
    case 'compare':
      return compare(filter.path, filter.op, filter.value, sourceOf(filter.path, source))
  }
}

function sourceOf({ text }: ResolvedPath, source: FilterSource): FilterSource {
  if (source.type === 'User' && text === 'meta.version') {
    throw badRequest('invalidFilter', 'Users cannot be chosen by meta.version: their groups are part of it.')
  }
  return source.type && !resolvePath(text, source.type) ? NOTHING : source
}

function has(path: ResolvedPath, filter: Filter, source: FilterSource): SQL {
  const only = filter.kind === 'compare' ? filter : undefined
  const key = only && byKey(`${path.text}.${only.path.text}`, only.op, only.value, source)
  if (key) return key
  const inner = filterSql(filter, { ...NOTHING, document: sql`e.v` })
  return sql`exists (select 1 from (${elements(path, source)}) e where jsonb_typeof(e.v) = 'object' and ${inner})`
}

function present(path: ResolvedPath, source: FilterSource): SQL {
  const column = columnOf(path, source)
  if (column) return sql`(coalesce(${column.sql}::text, '') <> '')`
  if (path.text === 'meta' && source.type) return sql`true`
  return any(path, source, (v) => sql`jsonb_path_exists(coalesce(${v}, 'null'), ${HAS_CONTENT}::jsonpath)`)
}

// Any scalar inside that says something: lax mode unwraps lists, and .** goes into objects.
const HAS_CONTENT = '$.** ? (@.type() == "boolean" || @.type() == "number" || (@.type() == "string" && @ != ""))'

function byKey(text: string, op: CompareOp, value: FilterValue, source: FilterSource): SQL | undefined {
  const key = Object.hasOwn(source.keys, text) ? source.keys[text] : undefined
  return op === 'eq' && typeof value === 'string' ? key?.(value) : undefined
}

const columnOf = (path: ResolvedPath, source: FilterSource): FilterColumn | undefined =>
  Object.hasOwn(source.columns, path.text) ? source.columns[path.text] : undefined

function compare(path: ResolvedPath, op: CompareOp, value: FilterValue, source: FilterSource): SQL {
  const column = columnOf(path, source)
  if (column) return compareColumn(column, op, value)
  const key = byKey(path.text, op, value, source)
  if (key) return key
  return any(path, source, (v) => compareJson(leafOf(path), v, op, value))
}

function compareColumn({ sql: column, kind }: FilterColumn, op: CompareOp, value: FilterValue): SQL {
  if (value === null) return op === 'ne' ? sql`${column} is not null` : sql`${column} is null`
  if (kind === 'boolean') return ordered(column, op, sql`${value}::boolean`)
  if (kind === 'instant')
    return ordered(column, op, sql`${new Date(parseDateTime(String(value))).toISOString()}::timestamptz`)
  if (kind === 'uuid') {
    const id = String(value)
    if (op === 'eq') return isId(id) ? sql`${column} = ${id}::uuid` : sql`false`
    return compareText(sql`${column}::text`, op, sql`${id}::text`)
  }
  return compareText(column, op, sql`${kind === 'folded' ? foldKey(String(value)) : String(value)}::text`)
}

function compareJson(leaf: Attribute, v: SQL, op: CompareOp, value: FilterValue): SQL {
  if (value === null) {
    const absent = sql`coalesce(${v}, 'null') = 'null'`
    return op === 'ne' ? sql`not (${absent})` : absent
  }
  if (typeof value === 'boolean') return ordered(v, op, sql`${JSON.stringify(value)}::text::jsonb`)
  if (typeof value === 'number') {
    const number = sql`case when jsonb_typeof(${v}) = 'number' then (${v})::numeric end`
    return ordered(sql`(${number})`, op, sql`${String(value)}::numeric`)
  }
  const text = sql`(${v} #>> '{}')`
  return leaf.caseExact
    ? compareText(text, op, sql`${value}::text`)
    : compareText(folded(text), op, folded(sql`${value}::text`))
}

/**
 * foldKey in SQL, for both sides: the database may know an older Unicode than Node. Its own locale may be C, which
 * folds ASCII only, so ICU's root is named; but for ASCII, which is nearly all there is, C does the same several times faster.
 */
export const folded = (text: SQL) =>
  sql`case when octet_length(${text}) = length(${text}) then lower(${text} collate "C") collate "und-x-icu"
    else normalize(replace(lower(upper(lower(normalize(${text}, nfc) collate "und-x-icu"))), 'ς', 'σ'), nfc) end`

function compareText(text: SQL, op: CompareOp, value: SQL): SQL {
  if (op === 'co') return sql`position(${value} in ${text}) > 0`
  if (op === 'sw') return sql`starts_with(${text}, ${value})`
  if (op === 'ew') return sql`right(${text}, length(${value})) = ${value}`
  if (op === 'eq' || op === 'ne') return ordered(text, op, value)
  return ordered(sql`(${text}) collate "C"`, op, sql`(${value}) collate "C"`)
}

function ordered(left: SQL, op: CompareOp, right: SQL): SQL {
  if (op === 'ne') return sql`${left} is distinct from ${right}`
  const operators: Partial<Record<CompareOp, SQL>> = { eq: sql`=`, gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` }
  const operator = operators[op]
  // co, sw and ew are of texts only, which parseFilter has seen to.
  return operator ? sql`${left} ${operator} ${right}` : sql`false`
}

const keysSql = (keys: readonly string[]) =>
  sql`array[${sql.join(
    keys.map((key) => sql`${key}`),
    sql`, `,
  )}]::text[]`

/** Whether any value at the path meets the condition; none at all counts as one null. */
function any(path: ResolvedPath, source: FilterSource, condition: (v: SQL) => SQL): SQL {
  if (!path.attribute.multiValued) return sql`(${condition(sql`(${source.document} #> ${keysSql(path.keys)})`)})`
  const value = path.sub ? sql`(e.v #> ${keysSql([path.sub.name])})` : sql`e.v`
  return sql`exists (select 1 from (${elements(path, source)}) e where ${condition(value)})`
}

/** The elements at a multi-valued path (or the one value of a single one), one null where there are none. */
function elements({ attribute, keys, sub }: ResolvedPath, source: FilterSource): SQL {
  const rows = Object.hasOwn(source.rows, attribute.name) ? source.rows[attribute.name] : undefined
  if (rows) return sql`select r.v from (values (1)) one left join lateral (${rows}) r on true`
  const list = sql`(${source.document} #> ${keysSql(sub ? keys.slice(0, -1) : keys)})`
  const asArray = sql`case jsonb_typeof(${list}) when 'array' then ${list} else jsonb_build_array(${list}) end`
  return sql`select a.value as v from jsonb_array_elements(${asArray}) a`
}

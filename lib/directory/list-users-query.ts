import 'server-only'
import { and, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import { groupMembers, users } from '@/db/schema'
import type { Role } from '@/db/types'
import { isId } from '@/lib/ids'
import { foldKey } from '@/lib/scim/text'
import { type Place, readPlace } from './keyset-page'

export type UserTab = 'active' | 'inactive' | 'all'
export type UserSource = 'okta' | 'jit' | 'local'
export type UserSort = 'name' | 'signin' | 'updated' | 'created'
export type UserOrder = 'asc' | 'desc'

/** Who of an org's people. */
export type UserFilter = {
  tab?: UserTab | undefined
  /** Words that all have to be in the name, the user name or the e-mail address; or an externalId. */
  q?: string | undefined
  role?: Role | undefined
  source?: UserSource | undefined
  /** The id of a group they are in. */
  group?: string | undefined
}

export type UserQuery = UserFilter & {
  sort?: UserSort | undefined
  order?: UserOrder | undefined
  after?: string | undefined
  before?: string | undefined
  limit?: number | undefined
}

const MAX_WORDS = 6

/** The condition of a filter, shaped so that the partial indexes of the few serve it (db/schema.ts). */
export function matching(orgId: string, { tab = 'all', q, role, source, group }: UserFilter): SQL | undefined {
  return and(
    eq(users.orgId, orgId),
    isNull(users.deletedAt),
    tab === 'all' ? undefined : tab === 'active' ? sql`${users.active}` : sql`not ${users.active}`,
    role && and(eq(users.role, role), role === 'member' ? undefined : ne(users.role, 'member')),
    source && and(eq(users.source, source), source === 'okta' ? undefined : ne(users.source, 'okta')),
    group === undefined ? undefined : inGroup(orgId, group),
    ...typedWords(q).map((word) => hasWord(orgId, word)),
  )
}

const typedWords = (q: string | undefined): string[] =>
  (q ?? '').replaceAll('\0', '').toWellFormed().split(/\s+/).filter(Boolean).slice(0, MAX_WORDS)

/** The words of a search, as they are stored. */
export const wordsOf = (q: string | undefined): string[] => typedWords(q).map(foldKey)

/** One look at one text for each word; `strpos` costs what `like` does and has no signs of its own. */
const hasWord = (orgId: string, typed: string): SQL => sql`(strpos(${users.searchKey}, ${foldKey(typed)}) > 0
  or ${users.id} = any(array(select e.id from ${users} e where e.org_id = ${orgId}::uuid
    and e.external_id in (${typed}, ${foldKey(typed)}) and e.deleted_at is null)))`

function inGroup(orgId: string, group: string): SQL {
  if (!isId(group)) return sql`false`
  return sql`exists (select 1 from ${groupMembers} m
    where m.org_id = ${orgId}::uuid and m.group_id = ${group}::uuid and m.user_id = ${users.id})`
}

/** What a list is sorted by, as its index has it, and the type a place is read back as. */
export function sortKey(sort: UserSort): { key: SQL; type: 'text' | 'timestamptz' } {
  if (sort === 'name') return { key: sql`${users.nameKey}`, type: 'text' }
  if (sort === 'updated') return { key: sql`${users.updatedAt}`, type: 'timestamptz' }
  if (sort === 'created') return { key: sql`${users.createdAt}`, type: 'timestamptz' }
  const never = sql`(case when ${users.lastSignInAt} is null then '-infinity'::timestamptz else ${users.lastSignInAt} end)`
  return { key: never, type: 'timestamptz' }
}

const MOMENT = /^(?:-infinity|\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d){0,2})$/

/** The place in a link, or undefined for what is none of this sort. */
export function placeOf(sort: UserSort, text: string): Place | undefined {
  const place = readPlace(text)
  return place && (sortKey(sort).type === 'text' || MOMENT.test(place.key)) ? place : undefined
}

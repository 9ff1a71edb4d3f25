import 'server-only'
import { and, asc, desc, eq, like, or, type SQL, sql } from 'drizzle-orm'
import { groups, roleMappings, users } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import { COUNTED_TO } from './count-users'
import { factsOfGroups, type GroupFacts } from './group-facts'
import { pageOf, readPlace } from './keyset-page'
import { wordsOf } from './list-users-query'
import type { MappedRole } from './roles'

export type GroupTab = 'all' | 'mapped'

export type GroupFilter = {
  /** `mapped`: those that give a role. */
  tab?: GroupTab | undefined
  /** Words that all have to be in the name; or an externalId. */
  q?: string | undefined
}

export type GroupQuery = GroupFilter & {
  after?: string | undefined
  before?: string | undefined
  limit?: number | undefined
}

/** The role a group gives, and who made it so; `by` is null when nobody of this org did, or they are gone. */
export type GroupMapping = { role: MappedRole; at: Date; by: { id: string; name: string } | null }

export type GroupListItem = GroupFacts & {
  id: string
  displayName: string
  createdAt: Date
  mapping: GroupMapping | null
}
export type GroupPage = { groups: GroupListItem[]; next?: string; prev?: string }

const MAX_PAGE = 200

/** A page of groups by name, by keyset: `next` and `prev` are places to give as `after` and `before`. */
export async function listGroups(orgId: string, query: GroupQuery = {}): Promise<GroupPage> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), MAX_PAGE)
  return withOrg(orgId, async (tx) => {
    const { after: _, before: __, ...first } = query
    const page = (await readPage(tx, orgId, query, limit)) ?? (await readPage(tx, orgId, first, limit))
    const { rows, next, prev } = page ?? { rows: [], next: undefined, prev: undefined }
    const factsOf = await factsOfGroups(
      tx,
      orgId,
      rows.map(({ id }) => id),
    )
    const shown = rows.map((row) => {
      const { id, displayName, createdAt } = row
      return { id, displayName, createdAt, mapping: mappingOf(row), ...factsOf(id) }
    })
    return { groups: shown, ...(next ? { next } : {}), ...(prev ? { prev } : {}) }
  })
}

async function readPage(tx: Tx, orgId: string, query: GroupQuery, limit: number) {
  const given = query.before ?? query.after
  const place = given === undefined ? undefined : readPlace(given)
  const backwards = place !== undefined && query.before !== undefined
  const key = groups.displayNameKey
  // One name, one group: the key alone says where to go on.
  const beyond = place && sql`${key} ${sql.raw(backwards ? '<' : '>')} ${place.key}`
  const found = await selectGroups(tx, orgId)
    .where(and(matching(orgId, query), beyond))
    .orderBy(backwards ? desc(key) : asc(key))
    .limit(limit + 1)
  return pageOf(found, limit, { place, backwards })
}

/** Groups with what they give, and who made it so. */
export const selectGroups = (tx: Tx, orgId: string) =>
  tx
    .select({
      id: groups.id,
      displayName: groups.displayName,
      key: groups.displayNameKey,
      externalId: groups.externalId,
      version: groups.version,
      createdAt: groups.createdAt,
      updatedAt: groups.updatedAt,
      role: roleMappings.role,
      mappedAt: roleMappings.createdAt,
      byId: users.id,
      byName: users.displayName,
    })
    .from(groups)
    .leftJoin(roleMappings, and(eq(roleMappings.orgId, groups.orgId), eq(roleMappings.groupId, groups.id)))
    .leftJoin(users, and(eq(users.orgId, groups.orgId), eq(users.orgId, orgId), eq(users.id, roleMappings.createdBy)))

type Mapped = { role: MappedRole | null; mappedAt: Date | null; byId: string | null; byName: string | null }

export function mappingOf({ role, mappedAt, byId, byName }: Mapped): GroupMapping | null {
  if (!role || !mappedAt) return null
  return { role, at: mappedAt, by: byId && byName !== null ? { id: byId, name: byName } : null }
}

function matching(orgId: string, { tab = 'all', q }: GroupFilter): SQL | undefined {
  const hasWord = (word: string) =>
    or(like(groups.displayNameKey, `%${word.replace(/[\\%_]/g, '\\$&')}%`), sql`lower(${groups.externalId}) = ${word}`)
  const gives = sql`exists (select 1 from ${roleMappings} r where r.org_id = ${orgId}::uuid and r.group_id = ${groups.id})`
  return and(eq(groups.orgId, orgId), tab === 'mapped' ? gives : undefined, ...wordsOf(q).map(hasWord))
}

/** How many groups each tab holds under the same search: exact to 10,000, above that 10,001. */
export async function countGroups(orgId: string, { q }: GroupFilter = {}): Promise<Record<GroupTab, number>> {
  const bounded = (tab: GroupTab) =>
    sql`(select count(*)::int from (select 1 from ${groups} where ${matching(orgId, { tab, q })} limit ${COUNTED_TO + 1}) x)`
  const [row] = await withOrg(orgId, (tx) =>
    tx.execute<{ all: number; mapped: number }>(
      sql`select ${bounded('all')} as "all", ${bounded('mapped')} as "mapped"`,
    ),
  )
  return { all: row?.all ?? 0, mapped: row?.mapped ?? 0 }
}

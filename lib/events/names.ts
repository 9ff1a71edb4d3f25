import 'server-only'
import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { groups, users } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import { isId } from '@/lib/ids'
import { ACTOR_KINDS, type Names, nameKey } from './log-filter'
import type { Term } from './search'

/** More people than this by one name are searched for by the name in the event. */
const MOST = 20

/** The ids of the people and groups a search names: by id, sign-in name, e-mail, external id, or part of a name. */
export async function findNames(orgId: string, terms: readonly Term[]): Promise<Names> {
  const wanted = terms.flatMap(({ key, values }) =>
    key === 'user' || key === 'actor' || key === 'group' ? values.map((value) => ({ key, value })) : [],
  )
  const asked = wanted.filter(({ key, value }) => key !== 'actor' || !ACTOR_KINDS.some((kind) => kind === value))
  if (asked.length === 0) return new Map()
  return withOrg(orgId, async (tx) => {
    const names = new Map<string, string[]>()
    for (const { key, value } of asked) {
      const ids = isId(value)
        ? [value]
        : key === 'group'
          ? await groupsBy(tx, orgId, value)
          : await usersBy(tx, orgId, value)
      if (ids.length > 0 && ids.length <= MOST) names.set(nameKey(key, value), ids)
    }
    return names
  })
}

async function usersBy(tx: Tx, orgId: string, value: string): Promise<string[]> {
  const key = value.toLowerCase()
  const find = (where: SQL | undefined) =>
    tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.orgId, orgId), where))
      .limit(MOST + 1)
  const exact = await find(or(eq(users.userNameKey, key), eq(users.emailKey, key), eq(users.externalId, value)))
  const rows = exact.length > 0 ? exact : await find(or(has(users.userNameKey, key), has(users.displayName, value)))
  return rows.map(({ id }) => id)
}

async function groupsBy(tx: Tx, orgId: string, value: string): Promise<string[]> {
  const key = value.toLowerCase()
  const rows = await tx
    .select({ id: groups.id, key: groups.displayNameKey })
    .from(groups)
    .where(and(eq(groups.orgId, orgId), or(inArray(groups.displayNameKey, [key]), has(groups.displayName, value))))
    .limit(MOST + 1)
  const exact = rows.filter((row) => row.key === key)
  return (exact.length > 0 ? exact : rows).map(({ id }) => id)
}

const has = (column: typeof users.displayName | typeof users.userNameKey | typeof groups.displayName, part: string) =>
  sql`${column} ilike ${`%${part.replace(/[\\%_]/g, '\\$&')}%`}`

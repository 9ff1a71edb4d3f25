import 'server-only'
import { and, asc, count, eq, ilike, isNull, or, type SQL, sql } from 'drizzle-orm'
import { idpLinks, sessions, users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import type { Role, RoleReason } from '@/db/types'
import { isId } from '@/lib/ids'

export type UserListItem = {
  id: string
  userName: string
  displayName: string
  email: string | null
  role: Role
  active: boolean
  source: 'okta' | 'jit' | 'local'
  title?: string
  lastSignInAt: Date | null
  updatedAt: Date
}

export type UserDetail = UserListItem & {
  externalId: string | null
  attributes: Record<string, unknown>
  roleReasons: RoleReason[]
  createdAt: Date
  version: number
  linked: boolean
  sessions: { id: string; createdAt: Date; lastSeenAt: Date; userAgent: string | null; ip: string | null }[]
}

export type UserTab = 'active' | 'inactive' | 'all'
export type UserQuery = { tab?: UserTab; q?: string; after?: string; limit?: number }

const columns = {
  id: users.id,
  userName: users.userName,
  displayName: users.displayName,
  email: users.email,
  role: users.role,
  active: users.active,
  source: users.source,
  title: sql<string | null>`${users.attributes} ->> 'title'`,
  lastSignInAt: users.lastSignInAt,
  updatedAt: users.updatedAt,
}

const present = (orgId: string) => and(eq(users.orgId, orgId), isNull(users.deletedAt))
const like = (q: string) => `%${q.replace(/[\\%_]/g, '\\$&')}%`

/** A page of people in order of userName, how many match in all, and the key of the next page. */
export async function listUsers(orgId: string, query: UserQuery = {}) {
  const { tab = 'all', q, after, limit = 50 } = query
  const search = q?.trim()
    ? or(ilike(users.displayName, like(q)), ilike(users.userName, like(q)), ilike(users.email, like(q)))
    : undefined
  const inTab = tab === 'all' ? undefined : eq(users.active, tab === 'active')
  const matching: SQL | undefined = and(present(orgId), inTab, search)
  return withOrg(orgId, async (tx) => {
    const [total] = await tx.select({ n: count() }).from(users).where(matching)
    const page = await tx
      .select(columns)
      .from(users)
      .where(and(matching, after ? sql`${users.userNameKey} > ${after}` : undefined))
      .orderBy(asc(users.userNameKey))
      .limit(limit + 1)
    const shown = page.slice(0, limit)
    const last = shown.at(-1)
    const next = page.length > limit && last ? last.userName.normalize('NFC').toLowerCase() : undefined
    return { users: shown.map(toItem), total: total?.n ?? 0, ...(next ? { next } : {}) }
  })
}

/** How many people each tab of the list holds. */
export async function countUsers(orgId: string): Promise<Record<UserTab, number>> {
  const rows = await withOrg(orgId, (tx) =>
    tx.select({ active: users.active, n: count() }).from(users).where(present(orgId)).groupBy(users.active),
  )
  const of = (active: boolean) => rows.find((r) => r.active === active)?.n ?? 0
  return { active: of(true), inactive: of(false), all: of(true) + of(false) }
}

/** Everything the page of one person shows, or null for an id that is not of this org. */
export async function getUserDetail(orgId: string, id: string): Promise<UserDetail | null> {
  if (!isId(id)) return null
  return withOrg(orgId, async (tx) => {
    const [row] = await tx
      .select({ user: users, sub: idpLinks.sub })
      .from(users)
      .leftJoin(idpLinks, and(eq(idpLinks.orgId, users.orgId), eq(idpLinks.userId, users.id)))
      .where(and(present(orgId), eq(users.id, id)))
    if (!row) return null
    const live = await tx
      .select({
        id: sessions.id,
        createdAt: sessions.createdAt,
        lastSeenAt: sessions.lastSeenAt,
        userAgent: sessions.userAgent,
        ip: sessions.ip,
      })
      .from(sessions)
      .where(
        and(
          eq(sessions.orgId, orgId),
          eq(sessions.userId, id),
          isNull(sessions.endedAt),
          sql`${sessions.expiresAt} > now()`,
        ),
      )
    const { user } = row
    const title = typeof user.attributes.title === 'string' ? user.attributes.title : null
    const { externalId, attributes, roleReasons, createdAt, version } = user
    return {
      ...toItem({ ...user, title }),
      externalId,
      attributes,
      roleReasons,
      createdAt,
      version,
      linked: row.sub !== null,
      sessions: live,
    }
  })
}

function toItem(row: Omit<UserListItem, 'title'> & { title: string | null }): UserListItem {
  const { id, userName, displayName, email, role, active, source, title, lastSignInAt, updatedAt } = row
  return {
    id,
    userName,
    displayName,
    email,
    role,
    active,
    source,
    lastSignInAt,
    updatedAt,
    ...(title ? { title } : {}),
  }
}

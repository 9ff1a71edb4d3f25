import 'server-only'
import { and, asc, count, eq, isNull, sql } from 'drizzle-orm'
import { users } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import type { Role, RoleReason } from '@/db/types'
import type { Actor } from '@/lib/events/event'
import { isId } from '@/lib/ids'
import { getOrg, type Org } from '@/lib/orgs/orgs'
import { groupsOfUsers } from './memberships'
import { stateOf } from './user-state'
import { findUser, writeUser } from './write-user'

export type HeldPerson = {
  id: string
  userName: string
  displayName: string
  email: string | null
  title: string | null
  /** What the person will be once let in, and why. */
  role: Role
  roleReasons: RoleReason[]
  groups: string[]
  createdAt: Date
}

/** Who waits, by an index of its own: nearly always there is nobody. */
const waiting = (orgId: string) => and(eq(users.orgId, orgId), sql`${users.held}`, isNull(users.deletedAt))

/** How many people wait for an admin. */
export async function countHeld(orgId: string): Promise<number> {
  const [row] = await withOrg(orgId, (tx) => tx.select({ n: count() }).from(users).where(waiting(orgId)))
  return row?.n ?? 0
}

/** The people who wait, longest first, and the key of the next page. */
export async function listHeld(
  orgId: string,
  { after, limit = 50 }: { after?: string | undefined; limit?: number } = {},
): Promise<{ people: HeldPerson[]; total: number; next?: string }> {
  return withOrg(orgId, async (tx) => {
    const [total] = await tx.select({ n: count() }).from(users).where(waiting(orgId))
    const rows = await page(tx, orgId, after, limit + 1)
    const shown = rows.slice(0, limit)
    const groups = await groupsOfUsers(
      tx,
      orgId,
      shown.map((row) => row.id),
    )
    const people = shown.map(({ attributes, ...row }) => ({
      ...row,
      title: typeof attributes.title === 'string' ? attributes.title : null,
      groups: (groups.get(row.id) ?? []).map((group) => group.display),
    }))
    const last = shown.at(-1)
    return { people, total: total?.n ?? 0, ...(rows.length > limit && last ? { next: last.id } : {}) }
  })
}

function page(tx: Tx, orgId: string, after: string | undefined, limit: number) {
  const { id, userName, displayName, email, attributes, role, roleReasons, createdAt } = users
  // Ids are made in the order people come, so they are the key of a page as well.
  const later = after && isId(after) ? sql`${id} > ${after}::uuid` : undefined
  return tx
    .select({ id, userName, displayName, email, attributes, role, roleReasons, createdAt })
    .from(users)
    .where(and(waiting(orgId), later))
    .orderBy(asc(id))
    .limit(limit)
}

/** Lets one person in who waits, as they are now. False: nobody with this id waits (any more). */
export async function letIn({ org, actor }: { org: Org; actor: Actor }, userId: string): Promise<boolean> {
  const missing = Symbol('missing')
  if (!isId(userId)) return false
  try {
    await writeUser({ org, actor }, async (tx) => {
      const found = await findUser(tx, org.orgId, userId)
      if (!found?.row.held) throw missing
      const trace = [{ step: 'policy', outcome: 'ok' as const, text: 'Reviewed and let in' }]
      return { found, id: userId, state: { ...stateOf(found.row), held: false }, trace }
    })
    return true
  } catch (error) {
    if (error === missing) return false
    throw error
  }
}

export type LetIn = { letIn: number; left: number }

/**
 * Lets in everybody who waits now, each with an event of their own, for at most `ms`; who is left can be let in by
 * doing it again.
 */
export async function letInAll(orgId: string, actor: Actor, ms = 15_000): Promise<LetIn> {
  const org = await getOrg(orgId)
  if (!org) return { letIn: 0, left: 0 }
  const until = Date.now() + ms
  const done: LetIn = { letIn: 0, left: 0 }
  for (let after: string | undefined; Date.now() < until; ) {
    const { people, next } = await listHeld(orgId, { after, limit: 100 })
    for (const { id } of people) {
      if (Date.now() >= until) break
      if (await letIn({ org, actor }, id)) done.letIn++
    }
    if (!next) break
    after = next
  }
  return { ...done, left: await countHeld(orgId) }
}

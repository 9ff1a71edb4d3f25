import 'server-only'
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { connections, orgs, users } from '@/db/schema'
import { recoveryLinks } from '@/db/schema-proofs'
import { withOrg } from '@/db/tenant'
import { randomBase62, sha256 } from '@/lib/crypto'
import { stateOf } from '@/lib/directory/user-state'
import { findUser, writeUser } from '@/lib/directory/write-user'
import { wake } from '@/lib/events/wake'
import { orgFromPrefix, orgPrefix } from '@/lib/ids'
import type { Org } from '@/lib/orgs/orgs'
import { foldKey } from '@/lib/scim/text'
import { insert, newSessionToken } from './create-session'
import { ownUrl } from './origin'

const LINK_MS = 15 * 60_000

/** A one-time link for a person of the org; only its hash is kept. Returns the address, valid for 15 minutes. */
export async function createRecoveryLink(orgId: string, userId: string): Promise<string> {
  const token = `${orgPrefix(orgId)}.${randomBase62(43)}`
  const expiresAt = new Date(Date.now() + LINK_MS)
  await withOrg(orgId, (tx) => tx.insert(recoveryLinks).values({ orgId, tokenHash: sha256(token), userId, expiresAt }))
  return ownUrl(`/recover/${token}`)
}

export type Person = { id: string; name: string; role: string }

/** The active person with this userName, or without one the longest-standing active owner; null when there is none. */
export async function findRecoverable(orgId: string, userName?: string): Promise<Person | null> {
  const which = userName ? eq(users.userNameKey, foldKey(userName)) : eq(users.role, 'owner')
  const [row] = await withOrg(orgId, (tx) =>
    tx
      .select({ id: users.id, name: users.displayName, role: users.role })
      .from(users)
      .where(and(eq(users.orgId, orgId), which, eq(users.active, true), isNull(users.deletedAt)))
      .orderBy(asc(users.createdAt), asc(users.id))
      .limit(1),
  )
  return row ?? null
}

/** Makes an active person owner by hand, through the one write path. */
export async function makeOwner(org: Org, userId: string): Promise<void> {
  await writeUser({ org, actor: { kind: 'system' } }, async (tx) => {
    const found = await findUser(tx, org.orgId, userId)
    if (!found) throw new Error('The person was removed in the meantime')
    const trace = [{ step: 'policy', outcome: 'ok' as const, text: 'Made owner by the operator, with a recovery link' }]
    return { found, id: userId, state: { ...stateOf(found.row), manualRole: 'owner' }, trace }
  })
}

const usable = (orgId: string, hash: Buffer) =>
  and(
    eq(recoveryLinks.orgId, orgId),
    eq(recoveryLinks.tokenHash, hash),
    isNull(recoveryLinks.usedAt),
    gt(recoveryLinks.expiresAt, sql`now()`),
  )

const parse = (token: string) => {
  const [prefix = '', secret = '', ...rest] = token.split('.')
  const orgId = rest.length === 0 && /^[0-9A-Za-z]{43}$/.test(secret) ? orgFromPrefix(prefix) : null
  return orgId && { orgId, hash: sha256(token) }
}

/** Whose link this is, without using it up; null for a used, old or unknown one. */
export async function readRecoveryLink(token: string): Promise<{ orgName: string; userName: string } | null> {
  const parsed = parse(token)
  if (!parsed) return null
  const { orgId, hash } = parsed
  const [row] = await withOrg(orgId, (tx) =>
    tx
      .select({ orgName: orgs.name, userName: users.userName })
      .from(recoveryLinks)
      .innerJoin(users, and(eq(users.orgId, recoveryLinks.orgId), eq(users.id, recoveryLinks.userId)))
      .innerJoin(orgs, eq(orgs.orgId, recoveryLinks.orgId))
      .where(usable(orgId, hash)),
  )
  return row ?? null
}

/** `isNew`: no sign-in is set up yet, so that there is nothing to look at but the setup. */
export type Redeemed = { slug: string; token: string; isNew: boolean }
type Browser = { userAgent?: string | undefined; ip?: string | undefined }

/** Uses the link up and opens its 30-minute session, in one commit; null when it cannot be used any more. */
export async function redeemRecoveryLink(token: string, browser: Browser): Promise<Redeemed | null> {
  const parsed = parse(token)
  if (!parsed) return null
  const { orgId, hash } = parsed
  const redeemed = await withOrg(orgId, async (tx) => {
    const [link] = await tx
      .update(recoveryLinks)
      .set({ usedAt: new Date() })
      .where(usable(orgId, hash))
      .returning({ userId: recoveryLinks.userId })
    if (!link) return null
    const [who] = await tx
      .select({ epoch: users.sessionEpoch, slug: orgs.slug })
      .from(users)
      .innerJoin(orgs, eq(orgs.orgId, users.orgId))
      .where(and(eq(users.orgId, orgId), eq(users.id, link.userId)))
      .for('update', { of: users })
    if (!who) return null
    const session = newSessionToken(orgId)
    const trace = [{ step: 'credential', outcome: 'ok' as const, text: 'A one-time recovery link, used up by this' }]
    const { userId } = link
    const made = await insert(tx, orgId, {
      token: session,
      userId,
      epoch: who.epoch,
      kind: 'recovery',
      trace,
      ...browser,
    })
    const [client] = await tx
      .select({ issuer: connections.issuer })
      .from(connections)
      .where(eq(connections.orgId, orgId))
    return made.ok ? { slug: who.slug, token: session, isNew: client?.issuer == null } : null
  })
  if (redeemed) wake(orgId)
  return redeemed
}

import 'server-only'
import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import { orgs, users } from '@/db/schema'
import { setupLinks } from '@/db/schema-proofs'
import { type Tx, withOrg } from '@/db/tenant'
import { randomBase62, sha256 } from '@/lib/crypto'
import { recordIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'
import { newId, orgPrefix } from '@/lib/ids'
import type { OrgContext } from '@/lib/orgs/domains'
import { ownUrl } from './origin'
import { parseSessionToken } from './session'

const LINK_MS = 72 * 3600_000
export const VISIT_SECONDS = 4 * 3600

/** Somebody who came by a setup link: sees the setup pages of one org, and nothing else. */
export type Guest = {
  orgId: string
  orgSlug: string
  orgName: string
  linkId: string
  /** Who made the link, and answers for what is done by it. */
  madeBy: { id: string; name: string }
  /** When the visit ends. */
  until: Date
}

const isOpen = (orgId: string) => and(eq(setupLinks.orgId, orgId), isNull(setupLinks.endedAt))

/**
 * A one-time link to the setup pages, for three days; only its hash is kept. There is one at a time: those before it, and
 * what they opened, end. With `setup.link_created` in the same commit.
 */
export async function createSetupLink({ org, actor }: OrgContext, userId: string): Promise<string> {
  const { orgId, name } = org
  const token = `${orgPrefix(orgId)}.${randomBase62(43)}`
  const expiresAt = new Date(Date.now() + LINK_MS)
  await withOrg(orgId, async (tx) => {
    await end(tx, orgId)
    await tx.insert(setupLinks).values({ orgId, id: newId(), tokenHash: sha256(token), createdBy: userId, expiresAt })
    const target = { kind: 'org', id: orgId, name } as const
    const diff = [{ path: 'expiresAt', after: expiresAt.toISOString() }]
    await recordIn(tx, orgId, { type: 'setup.link_created', outcome: 'success', actor, target, diff })
  })
  wake(orgId)
  return ownUrl(`/setup/${token}`)
}

/** Ends the link and whatever it opened, at once. */
export async function endSetupLink({ org, actor }: OrgContext): Promise<void> {
  const { orgId, name } = org
  const done = await withOrg(orgId, async (tx) => {
    if (!(await end(tx, orgId))) return false
    const target = { kind: 'org', id: orgId, name } as const
    await recordIn(tx, orgId, { type: 'setup.link_ended', outcome: 'success', actor, target })
    return true
  })
  if (done) wake(orgId)
}

async function end(tx: Tx, orgId: string): Promise<boolean> {
  const ended = await tx
    .update(setupLinks)
    .set({ endedAt: new Date() })
    .where(isOpen(orgId))
    .returning({ id: setupLinks.id })
  return ended.length > 0
}

export type OpenLink = { expiresAt: Date; usedAt: Date | null; visitExpiresAt: Date | null }

/** The link that is open, or was used and whose visit goes on; null without one. */
export async function openSetupLink(orgId: string): Promise<OpenLink | null> {
  const { expiresAt, usedAt, visitExpiresAt } = setupLinks
  const [row] = await withOrg(orgId, (tx) =>
    tx.select({ expiresAt, usedAt, visitExpiresAt }).from(setupLinks).where(isOpen(orgId)).limit(1),
  )
  const until = row && (row.usedAt ? row.visitExpiresAt : row.expiresAt)
  return row && until && until > new Date() ? row : null
}

/** The link's row with its org and maker, while the maker is still an active admin. */
function find(tx: Tx, orgId: string, more: ReturnType<typeof and>) {
  return tx
    .select({
      linkId: setupLinks.id,
      orgSlug: orgs.slug,
      orgName: orgs.name,
      makerId: users.id,
      maker: users.displayName,
      until: setupLinks.visitExpiresAt,
    })
    .from(setupLinks)
    .innerJoin(orgs, eq(orgs.orgId, setupLinks.orgId))
    .innerJoin(users, and(eq(users.orgId, setupLinks.orgId), eq(users.id, setupLinks.createdBy)))
    .where(
      and(
        isOpen(orgId),
        eq(users.active, true),
        isNull(users.deletedAt),
        inArray(users.role, ['admin', 'owner']),
        more,
      ),
    )
    .then(([row]) => row ?? null)
}

const unused = (hash: Buffer) =>
  and(eq(setupLinks.tokenHash, hash), isNull(setupLinks.usedAt), gt(setupLinks.expiresAt, sql`now()`))

/** Which org a link sets up, without using it up; null for a used, old, ended or unknown one. */
export async function readSetupLink(token: string): Promise<{ orgName: string } | null> {
  const parsed = parseSessionToken(token)
  return parsed && withOrg(parsed.orgId, (tx) => find(tx, parsed.orgId, unused(parsed.hash)))
}

/** Uses the link up and opens its visit of four hours, with `setup.opened` in the same commit; null: it is no good. */
export async function redeemSetupLink(token: string, ip?: string): Promise<{ slug: string; visit: string } | null> {
  const parsed = parseSessionToken(token)
  if (!parsed) return null
  const { orgId, hash } = parsed
  const visit = `${orgPrefix(orgId)}.${randomBase62(43)}`
  const opened = await withOrg(orgId, async (tx) => {
    const link = await find(tx, orgId, unused(hash))
    if (!link) return null
    const now = new Date()
    const visitExpiresAt = new Date(now.getTime() + VISIT_SECONDS * 1000)
    const used = await tx
      .update(setupLinks)
      .set({ usedAt: now, visitHash: sha256(visit), visitExpiresAt, expiresAt: visitExpiresAt })
      .where(and(isOpen(orgId), unused(hash)))
      .returning({ id: setupLinks.id })
    if (used.length === 0) return null
    const target = { kind: 'org', id: orgId, name: link.orgName } as const
    await recordIn(tx, orgId, { type: 'setup.opened', outcome: 'success', actor: { kind: 'anonymous' }, target, ip })
    return link
  })
  if (!opened) return null
  wake(orgId)
  return { slug: opened.orgSlug, visit }
}

/** Whom a setup cookie of the org `slug` stands for, asked anew each time; null for nobody. */
export async function readGuest(slug: string, visit: string | undefined): Promise<Guest | null> {
  const parsed = parseSessionToken(visit)
  if (!parsed) return null
  const { orgId, hash } = parsed
  const live = and(eq(setupLinks.visitHash, hash), gt(setupLinks.visitExpiresAt, sql`now()`), eq(orgs.slug, slug))
  const row = await withOrg(orgId, (tx) => find(tx, orgId, live))
  if (!row?.until) return null
  const { linkId, orgSlug, orgName, makerId: id, maker: name, until } = row
  return { orgId, orgSlug, orgName, linkId, madeBy: { id, name }, until }
}

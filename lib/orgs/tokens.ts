import 'server-only'
import { and, count, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { orgs, scimTokens } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import type { EventDiff } from '@/db/types'
import { currentKeyVersion, hmac } from '@/lib/crypto'
import type { EventDraft } from '@/lib/events/event'
import { recordIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'
import type { OrgContext } from './domains'
import { makeToken } from './token-format'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Two, so that Okta can be moved from one to the next without a gap. */
const MOST_LIVE = 2
const LISTED = 20

export const TOKEN_DAYS = [90, 365, 730] as const
/** How long the old token still works after a rotation, in hours; 0 ends it at once. */
export const OVERLAP_HOURS = [0, 1, 24, 72, 168] as const
export type TokenDays = (typeof TOKEN_DAYS)[number]
export type OverlapHours = (typeof OVERLAP_HOURS)[number]

type Row = typeof scimTokens.$inferSelect
export type TokenState = 'live' | 'ending' | 'expired' | 'revoked'
export type TokenView = Pick<
  Row,
  'id' | 'hint' | 'createdBy' | 'createdAt' | 'expiresAt' | 'revokedAt' | 'lastUsedAt' | 'lastUsedFrom'
> & { state: TokenState }

/** A new token: its text is shown once, here, and kept nowhere. */
export type TokenMade = { ok: true; id: string; token: string; hint: string; expiresAt: Date; eventId: string }
export type TokenRefused = { ok: false; why: 'two-live' | 'missing'; sentence: string }

const refusals = {
  'two-live': 'Two tokens are live already. Revoke one of them first, or rotate with the old one ending at once.',
  missing: 'That token is not live any more. Nothing was changed.',
} as const
const refuse = (why: TokenRefused['why']): TokenRefused => ({ ok: false, why, sentence: refusals[why] })

function stateOf(row: Row, now: Date): TokenState {
  if (row.revokedAt) return 'revoked'
  if (row.expiresAt <= now) return 'expired'
  return row.rotatedAt ? 'ending' : 'live'
}

/** The org's tokens, newest first; of those that ended the last few. */
export async function listTokens(orgId: string, now = new Date()): Promise<TokenView[]> {
  const rows = await withOrg(orgId, (tx) =>
    tx
      .select()
      .from(scimTokens)
      .where(eq(scimTokens.orgId, orgId))
      .orderBy(
        sql`(${scimTokens.revokedAt} is null and ${scimTokens.expiresAt} > now()) desc`,
        desc(scimTokens.createdAt),
      )
      .limit(LISTED),
  )
  return rows.map((row) => viewOf(row, now))
}

function viewOf(row: Row, now: Date): TokenView {
  const { id, hint, createdBy, createdAt, expiresAt, revokedAt, lastUsedAt, lastUsedFrom } = row
  return { id, hint, createdBy, createdAt, expiresAt, revokedAt, lastUsedAt, lastUsedFrom, state: stateOf(row, now) }
}

export type TokenWarning = { id: string; hint: string; expiresAt: Date; within: 30 | 7 | 1 }

/** Live tokens that end within 30, 7 or 1 days, the next to end first; one that is being replaced is no worry. */
export function tokenWarnings(tokens: readonly TokenView[], now = new Date()): TokenWarning[] {
  return tokens
    .flatMap(({ id, hint, expiresAt, state }): TokenWarning[] => {
      const left = (expiresAt.getTime() - now.getTime()) / DAY
      const within = ([1, 7, 30] as const).find((days) => left <= days)
      return state === 'live' && within ? [{ id, hint, expiresAt, within }] : []
    })
    .sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime())
}

const isLive = (orgId: string) =>
  and(eq(scimTokens.orgId, orgId), isNull(scimTokens.revokedAt), gt(scimTokens.expiresAt, sql`now()`))

/** One change of an org's tokens at a time: whoever counts them has locked the org. */
async function lock(tx: Tx, orgId: string): Promise<number> {
  await tx.select({ orgId: orgs.orgId }).from(orgs).where(eq(orgs.orgId, orgId)).for('no key update')
  const [live] = await tx.select({ n: count() }).from(scimTokens).where(isLive(orgId))
  return live?.n ?? 0
}

async function insert(tx: Tx, orgId: string, createdBy: string, expiresAt: Date) {
  const { secret, ...made } = makeToken(orgId)
  const kept = { secretHmac: hmac(secret), keyVersion: currentKeyVersion(), hint: made.hint }
  await tx.insert(scimTokens).values({ orgId, id: made.id, ...kept, createdBy, expiresAt })
  return made
}

/** Makes a token without an event, for seeds and tests. Only its HMAC is kept. */
export async function mintToken(
  orgId: string,
  { createdBy, expiresAt }: { createdBy: string; expiresAt: Date },
): Promise<{ id: string; token: string; hint: string }> {
  return withOrg(orgId, (tx) => insert(tx, orgId, createdBy, expiresAt))
}

const nameOf = ({ actor }: OrgContext): string => (actor.kind === 'user' ? actor.name : 'Rollcall')
const shown = (hint: string): string => `…${hint}`

const eventOf = (
  ctx: OrgContext,
  type: 'token.created' | 'token.rotated' | 'token.revoked',
  token: { id: string; hint: string },
  diff: EventDiff[],
): EventDraft => ({
  type,
  outcome: 'success',
  actor: ctx.actor,
  target: { kind: 'token', id: token.id, name: shown(token.hint) },
  diff,
})

/** A new token of the org with its `token.created` event. The answer holds it in clear, once. */
export async function createToken(
  ctx: OrgContext,
  days: TokenDays = 365,
  now = new Date(),
): Promise<TokenMade | TokenRefused> {
  const { orgId } = ctx.org
  const expiresAt = new Date(now.getTime() + days * DAY)
  const made = await withOrg(orgId, async (tx): Promise<TokenMade | TokenRefused> => {
    if ((await lock(tx, orgId)) >= MOST_LIVE) return refuse('two-live')
    const token = await insert(tx, orgId, nameOf(ctx), expiresAt)
    const diff = [{ path: 'expiresAt', after: expiresAt.toISOString() }]
    const eventId = await recordIn(tx, orgId, eventOf(ctx, 'token.created', token, diff))
    return { ok: true, ...token, expiresAt, eventId }
  })
  if (made.ok) wake(orgId)
  return made
}

const findLive = async (tx: Tx, orgId: string, id: string): Promise<Row | null> => {
  const [row] = await tx
    .select()
    .from(scimTokens)
    .where(and(isLive(orgId), eq(scimTokens.id, id)))
  return row ?? null
}

/** A new token in place of a live one, which goes on for `overlap` hours, never longer than it would have. */
export async function rotateToken(
  ctx: OrgContext,
  id: string,
  { overlap = 24, days = 365 }: { overlap?: OverlapHours; days?: TokenDays } = {},
  now = new Date(),
): Promise<TokenMade | TokenRefused> {
  const { orgId } = ctx.org
  const expiresAt = new Date(now.getTime() + days * DAY)
  const made = await withOrg(orgId, async (tx): Promise<TokenMade | TokenRefused> => {
    const live = await lock(tx, orgId)
    const old = await findLive(tx, orgId, id)
    if (!old) return refuse('missing')
    if (overlap > 0 && live >= MOST_LIVE) return refuse('two-live')
    const ends = new Date(Math.min(old.expiresAt.getTime(), now.getTime() + overlap * HOUR))
    const end = overlap === 0 ? { revokedAt: now } : { expiresAt: ends }
    await tx
      .update(scimTokens)
      .set({ rotatedAt: now, ...end })
      .where(and(eq(scimTokens.orgId, orgId), eq(scimTokens.id, id)))
    const token = await insert(tx, orgId, nameOf(ctx), expiresAt)
    const diff = [
      { path: 'replaced', before: shown(old.hint), after: shown(token.hint) },
      { path: 'oldEndsAt', after: ends.toISOString() },
      { path: 'expiresAt', after: expiresAt.toISOString() },
    ]
    const eventId = await recordIn(tx, orgId, eventOf(ctx, 'token.rotated', old, diff))
    return { ok: true, ...token, expiresAt, eventId }
  })
  if (made.ok) wake(orgId)
  return made
}

/** Ends a live token now: the next request with it is refused. */
export async function revokeToken(
  ctx: OrgContext,
  id: string,
  now = new Date(),
): Promise<{ ok: true; eventId: string } | TokenRefused> {
  const { orgId } = ctx.org
  const done = await withOrg(orgId, async (tx): Promise<{ ok: true; eventId: string } | TokenRefused> => {
    await lock(tx, orgId)
    const row = await findLive(tx, orgId, id)
    if (!row) return refuse('missing')
    await tx
      .update(scimTokens)
      .set({ revokedAt: now })
      .where(and(eq(scimTokens.orgId, orgId), eq(scimTokens.id, id)))
    const diff = [{ path: 'revokedAt', after: now.toISOString() }]
    return { ok: true, eventId: await recordIn(tx, orgId, eventOf(ctx, 'token.revoked', row, diff)) }
  })
  if (done.ok) wake(orgId)
  return done
}

import 'server-only'
import { and, desc, eq, gt, inArray, isNull } from 'drizzle-orm'
import { sessions, users } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import type { EventTrace } from '@/db/types'
import { randomBase62, seal, sha256 } from '@/lib/crypto'
import { prepareEvent } from '@/lib/events/event'
import { recordPreparedIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'
import { newId, orgPrefix } from '@/lib/ids'

const IDLE_MS = 8 * 3600_000
const MAX_LIVE = 10

/** How long a session lasts at most, in seconds. */
export const SESSION_SECONDS = { okta: 24 * 3600, recovery: 30 * 60 } as const

/** The oldest last_seen_at a live session may have. */
export const idleSince = (now = Date.now()): Date => new Date(now - IDLE_MS)

/** A new session credential: the org's id in front, 256 random bits behind. */
export const newSessionToken = (orgId: string): string => `${orgPrefix(orgId)}.${randomBase62(43)}`

export const sessionSecretPlace = (orgId: string): string => `${orgId}|sessions.id_token`

export type NewSession = {
  token: string
  userId: string
  /** The epoch admit saw. */
  epoch: number
  kind: 'okta' | 'recovery'
  idToken?: string | undefined
  userAgent?: string | undefined
  ip?: string | undefined
  /** The session token this browser held before: it is replaced, so it ends. */
  replaces?: string | undefined
  trace?: EventTrace[]
}

export type SessionRefusal = 'deactivated' | 'changed'
export type CreatedSession = { ok: true; sessionId: string; expiresAt: Date } | { ok: false; reason: SessionRefusal }

/**
 * Opens a session and records it in one commit, under a lock on its user. Refuses when the user has become inactive or
 * the epoch has moved since `admit`: a deactivation that falls in between always wins.
 */
export async function createSession(orgId: string, s: NewSession): Promise<CreatedSession> {
  const created = await withOrg(orgId, (tx) => insert(tx, orgId, s))
  if (created.ok) wake(orgId)
  return created
}

/** The same inside an open transaction; call `wake` after its commit. */
export async function insert(tx: Tx, orgId: string, s: NewSession): Promise<CreatedSession> {
  const [user] = await tx
    .select({ name: users.displayName, active: users.active, epoch: users.sessionEpoch, deletedAt: users.deletedAt })
    .from(users)
    .where(and(eq(users.orgId, orgId), eq(users.id, s.userId)))
    .for('update')
  if (!user?.active || user.deletedAt) return { ok: false, reason: 'deactivated' }
  if (user.epoch !== s.epoch) return { ok: false, reason: 'changed' }

  const now = new Date()
  const sessionId = newId()
  const expiresAt = new Date(now.getTime() + SESSION_SECONDS[s.kind] * 1000)
  const text = s.kind === 'okta' ? 'Session opened' : 'Recovery session opened for 30 minutes'
  const { id: eventId, ...event } = prepareEvent({
    type: s.kind === 'okta' ? 'signin.succeeded' : 'access.recovered',
    outcome: 'success',
    actor: { kind: 'user', id: s.userId, name: user.name },
    target: { kind: 'user', id: s.userId, name: user.name },
    trace: [...(s.trace ?? []), { step: 'write', outcome: 'ok', text }],
    ip: s.ip,
  })
  await tx.insert(sessions).values({
    orgId,
    id: sessionId,
    userId: s.userId,
    tokenHash: sha256(s.token),
    epoch: s.epoch,
    kind: s.kind,
    idToken: s.idToken ? seal(s.idToken, sessionSecretPlace(orgId)) : null,
    userAgent: s.userAgent?.slice(0, 300) ?? null,
    ip: s.ip?.slice(0, 64) ?? null,
    createdAt: now,
    lastSeenAt: now,
    expiresAt,
  })
  await tx
    .update(users)
    .set({ lastSignInAt: now })
    .where(and(eq(users.orgId, orgId), eq(users.id, s.userId)))
  await endSurplus(tx, orgId, s, { now, eventId })
  await recordPreparedIn(tx, orgId, event)
  return { ok: true, sessionId, expiresAt }
}

/** Ends what this browser held before, and the person's oldest sessions beyond ten. */
async function endSurplus(tx: Tx, orgId: string, s: NewSession, by: { now: Date; eventId: string }): Promise<void> {
  const live = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.orgId, orgId),
        eq(sessions.userId, s.userId),
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, by.now),
        gt(sessions.lastSeenAt, idleSince(by.now.getTime())),
      ),
    )
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
  const surplus = live.slice(MAX_LIVE).map(({ id }) => id)
  const end = { endedAt: by.now, endedByEvent: by.eventId }
  if (surplus.length > 0) {
    await tx
      .update(sessions)
      .set(end)
      .where(and(eq(sessions.orgId, orgId), inArray(sessions.id, surplus)))
  }
  if (!s.replaces) return
  await tx
    .update(sessions)
    .set(end)
    .where(and(eq(sessions.orgId, orgId), eq(sessions.tokenHash, sha256(s.replaces)), isNull(sessions.endedAt)))
}

import 'server-only'
import { and, desc, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import { sessions, users } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import { type Actor, type EventDraft, prepareEvent } from '@/lib/events/event'
import { recordPreparedIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'
import { isId } from '@/lib/ids'
import { idleSince } from './create-session'

/** A live session as lists show it. */
export type SessionView = {
  id: string
  kind: 'okta' | 'recovery'
  userAgent: string | null
  ip: string | null
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
}

/** Who ends sessions; `event` replaces parts of the `session.ended` event. Callers have authorised the actor. */
export type EndContext = {
  org: { orgId: string }
  actor: Actor
  ip?: string | undefined
  event?: Partial<Pick<EventDraft, 'type' | 'trace' | 'method' | 'path' | 'status' | 'requestId'>>
}

export type EndedSessions = { sessionsEnded: number; eventId: string }

const live = (orgId: string, userId: string) =>
  and(
    eq(sessions.orgId, orgId),
    eq(sessions.userId, userId),
    isNull(sessions.endedAt),
    gt(sessions.expiresAt, new Date()),
    gt(sessions.lastSeenAt, idleSince()),
  )

/** The person's live sessions, the latest used first. */
export async function listSessions(orgId: string, userId: string): Promise<SessionView[]> {
  if (!isId(userId)) return []
  const { id, kind, userAgent, ip, createdAt, lastSeenAt, expiresAt } = sessions
  return withOrg(orgId, (tx) =>
    tx
      .select({ id, kind, userAgent, ip, createdAt, lastSeenAt, expiresAt })
      .from(sessions)
      .where(live(orgId, userId))
      .orderBy(desc(lastSeenAt), desc(id)),
  )
}

/** Ends one session of the person and tells its tabs. Null: it is over already, or none of this person's. */
export async function endSession(ctx: EndContext, userId: string, sessionId: string): Promise<EndedSessions | null> {
  if (!isId(userId) || !isId(sessionId)) return null
  const { orgId } = ctx.org
  return end(ctx, userId, async (tx, by) => {
    const which = and(live(orgId, userId), eq(sessions.id, sessionId))
    return (await tx.update(sessions).set(by).where(which).returning({ id: sessions.id })).length
  })
}

/**
 * Ends every session of the person (but `keep`), and with the epoch every sign-in under way. Changes nothing else: the
 * person may sign in again. Null: nobody to end, recorded nowhere.
 */
export async function endAllSessions(ctx: EndContext, userId: string, keep?: string): Promise<EndedSessions | null> {
  if (!isId(userId)) return null
  const { orgId } = ctx.org
  return end(
    ctx,
    userId,
    async (tx, by) => {
      const person = and(eq(users.orgId, orgId), eq(users.id, userId))
      await tx
        .update(users)
        .set({ sessionEpoch: sql`${users.sessionEpoch} + 1` })
        .where(person)
      const open = and(eq(sessions.orgId, orgId), eq(sessions.userId, userId), isNull(sessions.endedAt))
      const which = keep ? and(open, ne(sessions.id, keep)) : open
      return (await tx.update(sessions).set(by).where(which).returning({ id: sessions.id })).length
    },
    true,
  )
}

type By = { endedAt: Date; endedByEvent: string }

/** Sessions and their event in one commit, under a lock on the person; `always`: also when none was open. */
async function end(
  { org: { orgId }, actor, ip, event: more }: EndContext,
  userId: string,
  close: (tx: Tx, by: By) => Promise<number>,
  always = false,
): Promise<EndedSessions | null> {
  const done = await withOrg(orgId, async (tx) => {
    const [person] = await tx
      .select({ name: users.displayName })
      .from(users)
      .where(and(eq(users.orgId, orgId), eq(users.id, userId), isNull(users.deletedAt)))
      .for('update')
    if (!person) return null
    const target = { kind: 'user' as const, id: userId, name: person.name }
    const draft: EventDraft = { type: 'session.ended', outcome: 'success', actor, target, ip, ...more }
    const { id: eventId, ...prepared } = prepareEvent(draft)
    const sessionsEnded = await close(tx, { endedAt: new Date(), endedByEvent: eventId })
    if (sessionsEnded === 0 && !always) return null
    const event = { ...prepared, event: { ...prepared.event, effects: { sessionsEnded } } }
    await recordPreparedIn(tx, orgId, event)
    return { sessionsEnded, eventId }
  })
  if (done) wake(orgId, { endedUser: userId })
  return done
}

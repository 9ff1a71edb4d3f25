import 'server-only'
import { and, eq, gt, inArray, isNull, lt } from 'drizzle-orm'
import { orgs, sessions, users } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import type { Role } from '@/db/types'
import { sha256 } from '@/lib/crypto'
import { orgFromPrefix } from '@/lib/ids'
import { idleSince } from './create-session'

/** Who is looking at a page, as this very request found them in the database. */
export type Viewer = {
  orgId: string
  orgSlug: string
  orgName: string
  userId: string
  userName: string
  displayName: string
  email: string | null
  role: Role
  sessionId: string
  sessionKind: 'okta' | 'recovery'
  /** When the person last confirmed with Okta who they are, in this session. */
  steppedUpAt: Date | null
}

export type SessionState =
  | { kind: 'live'; viewer: Viewer }
  | { kind: 'ended'; orgId: string; userId: string; endedAt: Date; eventId: string | null }
  | { kind: 'expired'; why: 'idle' | 'absolute' }
  | { kind: 'none' }

const SEEN_EVERY_MS = 60_000

/** The org id and secret of a session token, or null for anything that is none. */
export function parseSessionToken(token: string | undefined): { orgId: string; hash: Buffer } | null {
  const [prefix = '', secret = '', ...rest] = (token ?? '').split('.')
  if (rest.length > 0 || !/^[0-9A-Za-z]{43}$/.test(secret)) return null
  const orgId = orgFromPrefix(prefix)
  return orgId && token ? { orgId, hash: sha256(token) } : null
}

/**
 * What a session cookie of the org `slug` stands for. One query joins session, user and org; a token of another org
 * under this org's name is none. `touch: false` is for checks nobody made by hand, which must not keep an idle session
 * alive.
 */
export async function readSession(slug: string, token: string | undefined, touch = true): Promise<SessionState> {
  const parsed = parseSessionToken(token)
  if (!parsed) return { kind: 'none' }
  const { orgId, hash } = parsed
  return withOrg(orgId, async (tx) => {
    const row = await find(tx, orgId, slug, hash)
    if (!row) return { kind: 'none' }
    const state = judge(row, orgId, slug, new Date())
    if (state.kind === 'live' && touch) await seen(tx, orgId, row)
    return state
  })
}

function find(tx: Tx, orgId: string, slug: string, hash: Buffer) {
  return tx
    .select({
      id: sessions.id,
      kind: sessions.kind,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
      steppedUpAt: sessions.steppedUpAt,
      endedAt: sessions.endedAt,
      endedByEvent: sessions.endedByEvent,
      userId: users.id,
      userName: users.userName,
      displayName: users.displayName,
      email: users.email,
      role: users.role,
      active: users.active,
      deletedAt: users.deletedAt,
      orgName: orgs.name,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.orgId, sessions.orgId), eq(users.id, sessions.userId)))
    .innerJoin(orgs, eq(orgs.orgId, sessions.orgId))
    .where(and(eq(sessions.orgId, orgId), eq(sessions.tokenHash, hash), eq(orgs.orgId, orgId), eq(orgs.slug, slug)))
    .then(([row]) => row ?? null)
}

type Row = NonNullable<Awaited<ReturnType<typeof find>>>

function judge(row: Row, orgId: string, slug: string, now: Date): SessionState {
  const { userId, endedAt, endedByEvent: eventId } = row
  if (endedAt) return { kind: 'ended', orgId, userId, endedAt, eventId }
  // Leaving ends the sessions in the same commit; the user is asked all the same.
  if (!row.active || row.deletedAt) return { kind: 'none' }
  if (row.expiresAt <= now) return { kind: 'expired', why: 'absolute' }
  if (row.lastSeenAt <= idleSince(now.getTime())) return { kind: 'expired', why: 'idle' }
  const { userName, displayName, email, role, orgName, id: sessionId, kind: sessionKind, steppedUpAt } = row
  const who = { userId, userName, displayName, email, role, sessionId, sessionKind, steppedUpAt }
  return { kind: 'live', viewer: { orgId, orgSlug: slug, orgName, ...who } }
}

/** Those of the sessions that are live now, with their people's roles; one query, which keeps none of them alive. */
export async function liveSessions(orgId: string, ids: string[]): Promise<Map<string, Role>> {
  const now = new Date()
  const open = and(isNull(sessions.endedAt), gt(sessions.expiresAt, now), gt(sessions.lastSeenAt, idleSince(+now)))
  const here = and(eq(users.active, true), isNull(users.deletedAt))
  const rows = await withOrg(orgId, (tx) =>
    tx
      .select({ id: sessions.id, role: users.role })
      .from(sessions)
      .innerJoin(users, and(eq(users.orgId, sessions.orgId), eq(users.id, sessions.userId)))
      .where(and(eq(sessions.orgId, orgId), inArray(sessions.id, ids), open, here)),
  )
  return new Map(rows.map(({ id, role }) => [id, role]))
}

/** Written at most once a minute: a page must not cost a write. */
async function seen(tx: Tx, orgId: string, { id, lastSeenAt }: Row): Promise<void> {
  const now = Date.now()
  if (now - lastSeenAt.getTime() < SEEN_EVERY_MS) return
  await tx
    .update(sessions)
    .set({ lastSeenAt: new Date(now) })
    .where(and(eq(sessions.orgId, orgId), eq(sessions.id, id), lt(sessions.lastSeenAt, new Date(now - SEEN_EVERY_MS))))
}

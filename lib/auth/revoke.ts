import 'server-only'
import { and, eq, isNull, lt, ne, or } from 'drizzle-orm'
import { idpLinks, users } from '@/db/schema'
import { usedLogoutTokens } from '@/db/schema-proofs'
import { withOrg } from '@/db/tenant'
import type { EventTrace } from '@/db/types'
import { wake } from '@/lib/events/wake'
import type { Connection } from '@/lib/orgs/connections'
import type { Org } from '@/lib/orgs/orgs'
import { foldKey } from '@/lib/scim/text'
import { type LogoutToken, logoutIssuers } from './logout-token'
import { endAllSessions } from './sessions'

/** Whom Okta means (RFC 9493): the formats it sends. */
export type SubjectId = { format: 'email'; email: string } | { format: 'iss_sub'; iss: string; sub: string }

export type Revoked =
  | { kind: 'done'; sessionsEnded: number }
  /** The token was used before. */
  | { kind: 'replayed' }
  | { kind: 'unknown'; trace: EventTrace[] }
  | { kind: 'ambiguous'; people: number; trace: EventTrace[] }

type Request = { token: LogoutToken; subject: SubjectId; ip: string | undefined; path: string; trace: EventTrace[] }

const MAX_FOUND = 50

/**
 * Ends every session of the person Okta names, and nothing else: not the account, its roles or its sign-in link. The
 * token's id, the sessions and the event are one commit. What was decided about nobody uses the token up as well.
 */
export async function revokeSessions(org: Org, connection: Connection, r: Request): Promise<Revoked> {
  const { orgId } = org
  const { token, subject, ip, path } = r
  let ended: string | null = null
  const done = await withOrg(orgId, async (tx): Promise<Revoked> => {
    await tx
      .delete(usedLogoutTokens)
      .where(and(eq(usedLogoutTokens.orgId, orgId), lt(usedLogoutTokens.expiresAt, new Date())))
    const fresh = await tx
      .insert(usedLogoutTokens)
      .values({ orgId, jti: token.jti, expiresAt: token.until })
      .onConflictDoNothing()
      .returning({ jti: usedLogoutTokens.jti })
    if (fresh.length === 0) return { kind: 'replayed' }

    const found = await tx
      .select({ id: users.id })
      .from(users)
      .leftJoin(idpLinks, and(eq(idpLinks.orgId, users.orgId), eq(idpLinks.userId, users.id)))
      .where(and(eq(users.orgId, orgId), isNull(users.deletedAt), isMeant(subject, connection)))
      .limit(MAX_FOUND)
    const [only] = found
    const step = (outcome: EventTrace['outcome'], text: string) => [...r.trace, { step: 'match', outcome, text }]
    if (!only) return { kind: 'unknown', trace: step('failed', `Nobody here has ${wordFor(subject)}`) }
    if (found.length > 1) {
      const text = `${found.length} people have ${wordFor(subject)}, so it does not say who is meant`
      return { kind: 'ambiguous', people: found.length, trace: step('failed', text) }
    }
    const trace = [
      ...step('ok', `Found by ${wordFor(subject)}`),
      { step: 'write', outcome: 'ok' as const, text: 'Ended the person’s sessions; the account stays as it is' },
    ]
    const actor = { kind: 'okta' as const, tokenId: token.jti }
    const event = { type: 'session.revoked' as const, trace, method: 'POST', path, status: 204 }
    const all = await endAllSessions({ org, actor, ip, event }, only.id)
    ended = only.id
    return { kind: 'done', sessionsEnded: all?.sessionsEnded ?? 0 }
  })
  // Again after the commit: what the inner call told was not there to be read yet.
  if (ended) wake(orgId, { endedUser: ended })
  return done
}

/** A person of another issuer is nobody here. By sub: who signed in with it, or whom SCIM says it is. */
function isMeant(subject: SubjectId, { issuer }: Connection) {
  if (subject.format === 'email') return eq(users.emailKey, foldKey(subject.email.trim()))
  // Okta's ids of people are those of its org, whichever of its servers signed somebody in.
  if (!logoutIssuers(issuer).includes(subject.iss)) return eq(users.id, NOBODY)
  const linked = and(eq(idpLinks.issuer, issuer), eq(idpLinks.sub, subject.sub))
  const other = or(isNull(idpLinks.issuer), ne(idpLinks.issuer, issuer))
  return or(linked, and(eq(users.externalId, subject.sub), other))
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

const wordFor = (subject: SubjectId): string =>
  subject.format === 'email' ? `the e-mail ${subject.email}` : `the Okta id ${subject.sub}`

import 'server-only'
import type { Connection } from '@/lib/orgs/connections'
import type { Org } from '@/lib/orgs/orgs'
import { type Admitted, admit, domainOf } from './admit'
import { type Cookies, cookieName } from './cookies'
import { createSession, type SessionRefusal } from './create-session'
import type { Flow } from './options'
import type { RefusedSignIn } from './refusal'
import { ipOf } from './request'
import { orUnavailable } from './respond'

type Result = { refused: RefusedSignIn | null; opened: boolean; broken: Error | null }

/** Our part of one callback: admit the person, open the session, remember why not. */
export function newFlow(req: Request, org: Org, connection: Connection, cookies: Cookies): Flow & Result {
  let admitted: Admitted | null = null
  let idToken: string | undefined
  const result: Result = { refused: null, opened: false, broken: null }
  const guarded = async <T>(fn: () => Promise<T>): Promise<T> => {
    try {
      return await orUnavailable(fn)
    } catch (error) {
      result.broken ??= error instanceof Error ? error : new Error(String(error))
      throw error
    }
  }
  const refuseAs = (refused: RefusedSignIn) => {
    result.refused = refused
    return false
  }
  return Object.assign(result, {
    admit: (claims: Record<string, unknown>, token: string | undefined) =>
      guarded(async () => {
        const { sub, iss, email, given_name, family_name } = strings(claims)
        // The library compares with the issuer it discovered; ours is the one the admin entered.
        if (!sub || iss !== connection.issuer) return refuseAs({ reason: 'wrong_issuer' })
        idToken = token
        const known = email && domainOf(email) ? email.normalize('NFKC').trim() : null
        const person = { issuer: iss, sub, email: known, givenName: given_name, familyName: family_name }
        const found = await admit(org, person)
        if (found.kind === 'admitted') {
          admitted = found
          return true
        }
        const user = { id: found.user?.id ?? null, name: found.user?.name ?? known ?? sub }
        return refuseAs({ reason: found.reason, user, trace: found.trace })
      }),
    userId: () => admitted?.userId ?? null,
    open: (token: string) =>
      guarded(async () => {
        const who = admitted
        if (!who) throw new Error('Nobody was admitted')
        const { userId, epoch, trace, name } = who
        const replaces = cookies[cookieName(org.slug, 'session')]
        const browser = { userAgent: req.headers.get('user-agent') ?? undefined, ip: ipOf(req), replaces }
        const made = await createSession(org.orgId, { token, userId, epoch, kind: 'okta', idToken, trace, ...browser })
        if (made.ok) {
          result.opened = true
          return made.expiresAt
        }
        const text: Record<SessionRefusal, string> = {
          deactivated: 'The person was deactivated while signing in',
          changed: 'The person’s sessions were ended while signing in',
        }
        const last = { step: 'write', outcome: 'failed' as const, text: text[made.reason] }
        refuseAs({ reason: made.reason, user: { id: userId, name }, trace: [...trace, last] })
        throw new Error(`Refused: ${made.reason}`)
      }).catch((error) => {
        // A refusal is no fault.
        if (result.refused) result.broken = null
        throw error
      }),
  })
}

function strings(claims: Record<string, unknown>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(claims).flatMap(([k, v]) => (typeof v === 'string' ? [[k, v]] : [])))
}

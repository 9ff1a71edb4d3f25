import 'server-only'
import { z } from 'zod'
import { confine } from '@/db/tenant'
import type { EventError, EventTrace } from '@/db/types'
import { addressKey, addressOf } from '@/lib/address'
import type { EventDraft } from '@/lib/events/event'
import { minuteWindow } from '@/lib/events/minute-window'
import { recordEvent } from '@/lib/events/record'
import { IssuerError } from '@/lib/guarded-fetch'
import { takeLimit } from '@/lib/limits'
import { log } from '@/lib/log'
import { getConnection } from '@/lib/orgs/connections'
import type { Org } from '@/lib/orgs/orgs'
import { once } from '@/lib/process'
import { checkLogoutToken, type TokenRefusal } from './logout-token'
import { json } from './respond'
import { revokeSessions, type SubjectId } from './revoke'
import { findOrg } from './sign-in'

const MAX_BODY = 16 * 1024
const text = z.string().min(1).max(500)

/** RFC 9493, the formats Okta sends; what else a body holds is none of our business. */
const bodySchema = z.object({
  sub_id: z.discriminatedUnion('format', [
    z.object({ format: z.literal('email'), email: text.includes('@') }),
    z.object({ format: z.literal('iss_sub'), iss: text, sub: text }),
  ]),
})

/** The two walls made of our own code, as in lib/scim-api/app.ts: whose issuer a token must be of, and whose rows are asked for. */
export type LogoutWalls = { credentialOf: (slug: string) => Promise<Org | null>; scope: (org: Org) => Org }

const served: LogoutWalls = { credentialOf: findOrg, scope: (org) => org }

/**
 * Okta's Universal Logout (global token revocation): ends the sessions of one person, who may sign in again. 204 done ·
 * 400 body not understood · 401 token not believed · 403 token of another client · 404 nobody · 422 not one person.
 */
export async function universalLogout(req: Request, slug: string, walls = served): Promise<Response> {
  const org = await walls.credentialOf(slug)
  const connection = org && (await getConnection(org.orgId))
  if (!org || !connection) return unauthorized(req, null, 'missing')
  const attempt = { org, ip: addressOf(req.headers), path: new URL(req.url).pathname }
  try {
    const checked = await checkLogoutToken(req.headers.get('authorization'), slug, connection)
    if (!checked.ok) return unauthorized(req, attempt, checked.refused)
    const { token } = checked
    const taken = await takeLimit('logouts', org.orgId)
    if (!taken.ok) return tooMany(taken.retryAfter)
    const trace: EventTrace[] = [
      { step: 'credential', outcome: 'ok', text: `Signed by ${token.issuer}, token ${token.jti}` },
      {
        step: 'org',
        outcome: 'ok',
        text: `The issuer is ${token.issuer === connection.issuer ? 'the one' : 'the Okta org'} of ${org.name}`,
      },
    ]
    const actor = { kind: 'okta' as const, tokenId: token.jti }
    if (token.clientId !== connection.clientId) {
      return refuse(attempt, 403, { actor, trace, reason: 'wrong-client' })
    }
    const subject = await readSubject(req)
    if (!subject) return refuse(attempt, 400, { actor, trace, reason: 'malformed-body' })
    const asked = { ...attempt, token, subject, trace }
    // Row-level security is set from the credential, whatever the walls say.
    const done = await confine(org.orgId, () => revokeSessions(walls.scope(org), connection, asked))
    switch (done.kind) {
      case 'done':
        return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
      case 'replayed':
        return unauthorized(req, attempt, 'replayed')
      case 'unknown':
        return refuse(attempt, 404, { actor, trace: done.trace, reason: 'unknown' })
      case 'ambiguous':
        return refuse(attempt, 422, { actor, trace: done.trace, reason: 'ambiguous' })
    }
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error
    note(
      attempt,
      'failed',
      503,
      'unreachable',
      'Okta’s signing keys could not be read, so its request was not believed.',
    )
    return json(503, { error: 'The signing keys of the issuer cannot be read. Try again.' }, { 'retry-after': '30' })
  }
}

const WORDS = {
  'wrong-client': 'The token was issued to another client than this connection’s client id.',
  'malformed-body': 'The body needs "sub_id" in the format "email" (email) or "iss_sub" (iss and sub).',
  unknown: 'Nobody in this organization is the person Okta named, so there was nothing to end.',
  ambiguous:
    'Several people have this e-mail. Set the subject format of Universal Logout to “Issuer and Subject Identifier” in Okta.',
} as const

const TOKEN_WORDS: Record<TokenRefusal | 'replayed', string> = {
  missing: 'It carried no token.',
  malformed: 'Its token is no JWT Okta would send.',
  'wrong-type': 'Its token is of another type or algorithm.',
  'wrong-issuer': 'Its token names another issuer than this organization’s.',
  'wrong-audience': 'Its token was made for another address than this organization’s endpoint.',
  expired: 'Its token is too old, or not valid yet.',
  'bad-signature': 'Its token is not signed with a key of the issuer.',
  incomplete: 'Its token lacks a claim Okta always sends.',
  replayed: 'Its token was used before.',
}

type Attempt = { org: Org; ip: string; path: string }

/** One answer for every token that is not believed, also for orgs that do not exist; the log alone says which. */
async function unauthorized(
  req: Request,
  attempt: Attempt | null,
  refused: TokenRefusal | 'replayed',
): Promise<Response> {
  const taken = await takeLimit('wrongTokens', addressKey(addressOf(req.headers)))
  if (!taken.ok) return tooMany(taken.retryAfter)
  if (attempt) note(attempt, 'blocked', 401, refused, `A Universal Logout request was refused. ${TOKEN_WORDS[refused]}`)
  const headers = { 'www-authenticate': 'Bearer error="invalid_token"' }
  return json(401, { error: 'The token of this request is not valid here.' }, headers)
}

const tooMany = (retryAfter: number): Response =>
  json(429, { error: 'Too many requests. Try again later.' }, { 'retry-after': String(retryAfter) })

type Refusal = { actor: EventDraft['actor']; trace: EventTrace[]; reason: keyof typeof WORDS }

/** A believed token that led to nothing: recorded each time, by whom it was. */
async function refuse(
  { org, ip, path }: Attempt,
  status: 400 | 403 | 404 | 422,
  { actor, trace, reason }: Refusal,
): Promise<Response> {
  const detail = WORDS[reason]
  const error: EventError = { status, scimType: reason, detail }
  const outcome = status === 403 ? ('blocked' as const) : ('failed' as const)
  await recordEvent(org.orgId, {
    type: 'session.revoked',
    outcome,
    actor,
    method: 'POST',
    path,
    status,
    trace,
    error,
    ip,
  })
  return json(status, { error: detail })
}

type Noted = Attempt & { outcome: 'blocked' | 'failed'; error: EventError }

/** Anyone can send what is no token of Okta: one row a minute for each reason and address. */
function note(attempt: Attempt, outcome: Noted['outcome'], status: number, reason: string, detail: string): void {
  const noted = once('auth.logouts', () =>
    minuteWindow<Noted>((orgId, { path, ip, outcome, error }, count) => {
      const actor = { kind: 'anonymous' } as const
      const draft = { type: 'session.revoked', method: 'POST', status: error.status } as const
      recordEvent(orgId, { ...draft, outcome, actor, path, ip, error, count }).catch((err) =>
        log().error({ err }, 'a refused Universal Logout could not be recorded'),
      )
    }),
  )
  const error = { status, scimType: reason, detail }
  noted.add(attempt.org.orgId, `${reason} ${attempt.ip}`, { ...attempt, outcome, error })
}

async function readSubject(req: Request): Promise<SubjectId | null> {
  const decoder = new TextDecoder()
  let body = ''
  for await (const chunk of req.body ?? []) {
    body += decoder.decode(chunk, { stream: true })
    if (body.length > MAX_BODY) return null
  }
  try {
    const parsed = bodySchema.safeParse(JSON.parse(body))
    return parsed.success ? parsed.data.sub_id : null
  } catch {
    return null
  }
}

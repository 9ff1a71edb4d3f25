import 'server-only'
import { createHash } from 'node:crypto'
import { OAuthError } from '@okta/okta-auth-js'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { connections } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import type { EventTrace } from '@/db/types'
import { open, randomBase62, seal } from '@/lib/crypto'
import { recordIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'
import { eventRef } from '@/lib/ids'
import { takeLimit } from '@/lib/limits'
import { log } from '@/lib/log'
import { type Connection, getConnection } from '@/lib/orgs/connections'
import { getOrg, type Org } from '@/lib/orgs/orgs'
import { actorOf } from './actor'
import { domainOf, previewAdmission } from './admit'
import { checkConnection, testCallback, testStep } from './connection-check'
import { cookieName, readCookies, setCookie } from './cookies'
import type { Admission } from './decide'
import { redeemCode } from './redeem-code'
import { ipOf } from './request'
import { seeOther } from './respond'
import type { Viewer } from './session'

const OPEN_SECONDS = 10 * 60
const SCOPES = ['openid', 'email', 'profile']

const transactionSchema = z.object({
  state: z.string().min(1),
  nonce: z.string().min(1),
  verifier: z.string().min(43),
  sessionId: z.string(),
  startedAt: z.number(),
  /** Whether the setup pages asked, and show the result. */
  setup: z.boolean(),
  /** What the checks before it found. */
  trace: z.array(z.object({ step: z.string(), outcome: z.enum(['ok', 'skipped', 'failed']), text: z.string() })),
})
type Transaction = z.infer<typeof transactionSchema>

const place = (slug: string) => `connection-test|${slug}`
/** The page with the result; `stale`, `limit` and `none` stand for a test that did not take place. */
const resultPath = (slug: string, result: string, setup: boolean): string => {
  const page = setup ? 'setup?step=sign-in&' : 'settings/sign-in?'
  return `/orgs/${slug}/admin/${page}test=${encodeURIComponent(result)}#test`
}

/**
 * Tests the connection: first what needs no person, then a sign-in at Okta in this browser that opens no session. 303 to
 * Okta, or to the result when it cannot go on.
 */
export async function beginConnectionTest(req: Request, viewer: Viewer): Promise<Response> {
  const { orgId, orgSlug: slug, sessionId } = viewer
  const setup = new URL(req.url).searchParams.has('setup')
  const connection = await getConnection(orgId)
  if (!connection) return seeOther(resultPath(slug, 'none', setup))
  const taken = await takeLimit('connectionTests', orgId)
  if (!taken.ok) return seeOther(resultPath(slug, 'limit', setup))
  const { trace, discovery } = await checkConnection(connection, slug)
  if (!discovery) return seeOther(await record(req, viewer, connection, { trace }, setup))

  const transaction: Transaction = {
    state: randomBase62(43),
    nonce: randomBase62(43),
    verifier: randomBase62(64),
    sessionId,
    startedAt: Date.now(),
    setup,
    trace,
  }
  const url = new URL(discovery.authorization_endpoint)
  const params = {
    client_id: connection.clientId,
    redirect_uri: testCallback(slug),
    response_type: 'code',
    scope: SCOPES.join(' '),
    state: transaction.state,
    nonce: transaction.nonce,
    code_challenge: createHash('sha256').update(transaction.verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value)
  const kept = seal(JSON.stringify(transaction), place(slug))
  return seeOther(url.href, [setCookie(slug, 'connection-test', kept, OPEN_SECONDS)])
}

/** Okta's answer to a test: judged step by step and recorded, never a session. */
export async function finishConnectionTest(req: Request, viewer: Viewer): Promise<Response> {
  const { orgId, orgSlug: slug } = viewer
  const gone = [setCookie(slug, 'connection-test', '', 0)]
  const params = new URL(req.url).searchParams
  const transaction = read(slug, readCookies(req)[cookieName(slug, 'connection-test')])
  const [org, connection] = [await getOrg(orgId), await getConnection(orgId)]
  const mine = transaction?.sessionId === viewer.sessionId && transaction.state === params.get('state')
  if (!transaction || !mine || !org || !connection || isLate(transaction)) {
    return seeOther(resultPath(slug, 'stale', transaction?.setup ?? false), gone)
  }
  const result = await judge(org, connection, transaction, params)
  return seeOther(await record(req, viewer, connection, result, transaction.setup), gone)
}

const isLate = ({ startedAt }: Transaction): boolean => Date.now() - startedAt > OPEN_SECONDS * 1000

function read(slug: string, sealed: string | undefined): Transaction | null {
  try {
    return sealed ? transactionSchema.parse(JSON.parse(open(sealed, place(slug)))) : null
  } catch {
    return null
  }
}

type Result = { trace: EventTrace[]; claims?: Record<string, unknown> }

async function judge(org: Org, connection: Connection, t: Transaction, params: URLSearchParams): Promise<Result> {
  const trace: EventTrace[] = [...t.trace]
  const iss = params.get('iss')
  if (iss !== null && iss !== connection.issuer) {
    return { trace: [...trace, testStep('redirect', 'failed', `The answer came from ${iss.slice(0, 200)}`)] }
  }
  const error = params.get('error')
  if (error) {
    const said = `${error}: ${params.get('error_description') ?? 'no further words'}`.slice(0, 300).replace(/\.$/, '')
    const todo = error === 'access_denied' ? '. Assign whoever tests it to the app in Okta' : ''
    return { trace: [...trace, testStep('redirect', 'failed', `Okta sent the browser back with ${said}${todo}`)] }
  }
  trace.push(testStep('redirect', 'ok', `Okta sent the browser back to ${testCallback(org.slug)}`))
  try {
    const { verifier, nonce } = t
    const asked = {
      code: params.get('code') ?? '',
      verifier,
      nonce,
      redirectUri: testCallback(org.slug),
      scopes: SCOPES,
    }
    const claims = await redeemCode(connection, asked)
    trace.push(
      testStep('token', 'ok', 'The ID token is signed by the issuer, made for this client and carries our nonce'),
    )
    trace.push(await match(org, connection, claims))
    return { trace, claims }
  } catch (cause) {
    return { trace: [...trace, testStep('token', 'failed', whyNotRedeemed(cause, org.slug))] }
  }
}

/** Okta's own words for what it refuses; for the rest, those of its library. */
function whyNotRedeemed(cause: unknown, slug: string): string {
  const message = cause instanceof Error ? cause.message : String(cause)
  log().warn({ org: slug, message: message.slice(0, 300) }, 'a connection test failed')
  const said = cause instanceof OAuthError ? `${cause.errorCode}: ${cause.errorSummary}` : message
  return `The code Okta gave could not be turned into an ID token that holds: ${said}`.slice(0, 400)
}

async function match(org: Org, { issuer }: Connection, claims: Record<string, unknown>): Promise<EventTrace> {
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : undefined)
  const email = text('email')
  const decided = await previewAdmission(org, {
    issuer,
    sub: text('sub') ?? '',
    email: email && domainOf(email) ? email.normalize('NFKC').trim() : null,
  })
  return testStep('match', decided.kind === 'refuse' ? 'skipped' : 'ok', verdict(decided))
}

function verdict(decided: Admission): string {
  const why = decided.trace.filter(({ outcome }) => outcome !== 'skipped').map(({ text }) => text)
  if (decided.kind === 'admit') return `Would sign in ${decided.user.name}. ${why.join('. ')}`
  if (decided.kind === 'create') return `Would add ${decided.email} as a new person (JIT) and sign them in`
  return `Would let nobody in, for this person: ${why.join('. ')}`
}

/** The event with the result, and the date of a test that went well, in one commit. Returns the page that shows it. */
async function record(
  req: Request,
  viewer: Viewer,
  connection: Connection,
  { trace, claims }: Result,
  setup: boolean,
): Promise<string> {
  const { orgId, orgSlug: slug } = viewer
  const failed = trace.find(({ outcome }) => outcome === 'failed')
  const eventId = await withOrg(orgId, async (tx) => {
    if (!failed) {
      await tx.update(connections).set({ testedAt: new Date() }).where(eq(connections.orgId, orgId))
    }
    return recordIn(tx, orgId, {
      type: 'connection.tested',
      outcome: failed ? 'failed' : 'success',
      actor: actorOf(viewer),
      target: { kind: 'connection', id: connection.id, name: 'Sign-in' },
      trace,
      error: failed ? { status: 502, scimType: failed.step, detail: failed.text } : undefined,
      ip: ipOf(req),
      response: claims ? { claims } : undefined,
    })
  })
  wake(orgId)
  return resultPath(slug, eventRef(eventId), setup)
}

import 'server-only'
import { decode } from 'next-auth/jwt'
import { authSecret } from '@/lib/crypto'
import { log } from '@/lib/log'
import { type Connection, getConnection } from '@/lib/orgs/connections'
import { getOrgBySlug, type Org } from '@/lib/orgs/orgs'
import { domainOf } from './admit'
import { type Cookies, cookieName, readCookies } from './cookies'
import { classifyFailure, classifyOktaError } from './failure'
import { newFlow } from './flow'
import { flowOf, keepFlow, withoutFlow } from './flow-cookies'
import { runNextAuth } from './next-auth'
import { type Flow, optionsFor } from './options'
import { ownUrl, returnPath } from './origin'
import { forgetNote, type RefusedSignIn, refuse } from './refusal'
import { ipOf } from './request'
import { seeOther } from './respond'
import { readSession } from './session'
import { isSlug } from './slug'

/** The org behind an address's slug; null for unknown ones and for what cannot be a slug. */
export const findOrg = async (slug: string): Promise<Org | null> => (isSlug(slug) ? getOrgBySlug(slug) : null)

export type Start = {
  from?: string | null
  loginHint?: string | null
  issuer?: string | null
  /** Okta asks who it is, whoever it remembers (`prompt=login`). */
  anew?: boolean
}

/**
 * Begins the sign-in of an org: 303 to its Okta, with state, nonce and PKCE in that org's cookies. Null: no such org.
 * With `issuer` given (the Okta tile) it must be exactly the org's.
 */
export async function beginSignIn(req: Request, slug: string, start: Start): Promise<Response | null> {
  const org = await findOrg(slug)
  if (!org) return null
  const connection = await getConnection(org.orgId)
  const ip = ipOf(req)
  if (connection?.signIn !== 'on') return refuse(org, { reason: 'connection_off', ip, cheap: true })
  if (start.issuer != null && start.issuer !== connection.issuer) {
    return refuse(org, { reason: 'wrong_issuer', ip, cheap: true })
  }
  const hint = start.loginHint && domainOf(start.loginHint) ? start.loginHint.trim() : null
  const answer = await runNextAuth(optionsFor(org, connection, noFlow), {
    action: 'signin',
    slug,
    query: { ...(hint ? { login_hint: hint } : {}), ...(start.anew ? { prompt: 'login' } : {}) },
    cookies: {},
    callbackUrl: ownUrl(returnPath(start.from, slug)),
  })
  if (answer.error || !answer.location) {
    return failed(org, answer.error ?? { message: 'no redirect' }, { ip, cheap: true })
  }
  const state = new URL(answer.location).searchParams.get('state') ?? ''
  return seeOther(answer.location, keepFlow(slug, state, answer.cookies, readCookies(req)))
}

/** Ends the sign-in: Okta's redirect back, a session or a refusal. Null: no such org. */
export async function finishSignIn(req: Request, slug: string): Promise<Response | null> {
  const org = await findOrg(slug)
  if (!org) return null
  const params = new URL(req.url).searchParams
  const ip = ipOf(req)
  const connection = await getConnection(org.orgId)
  if (connection?.signIn !== 'on') return refuse(org, { reason: 'connection_off', ip, cheap: true })
  const { cookies, close } = flowOf(slug, params.get('state') ?? '', readCookies(req))
  // Before anything else: what is no answer to a sign-in of this browser is not worth a word with Okta.
  if (!(await isOurState(slug, cookies, params.get('state')))) return stale(org, cookies)
  const done = await judge(req, org, connection, { params, cookies, ip })
  for (const cookie of close) done.headers.append('set-cookie', cookie)
  return done
}

type Answered = { params: URLSearchParams; cookies: Cookies; ip: string | undefined }

/** What Okta answered to a sign-in of this browser. */
async function judge(req: Request, org: Org, connection: Connection, { params, cookies, ip }: Answered) {
  const { slug } = org
  const iss = params.get('iss')
  if (iss !== null && iss !== connection.issuer) return refuse(org, { reason: 'wrong_issuer', ip })
  const error = params.get('error')
  if (error) return refuse(org, { reason: classifyOktaError(error), ip })

  const flow = newFlow(req, org, connection, cookies)
  const query = Object.fromEntries(
    ['code', 'state', 'iss'].flatMap((k) => (params.has(k) ? [[k, params.get(k) ?? '']] : [])),
  )
  const answer = await runNextAuth(optionsFor(org, connection, flow), { action: 'callback', slug, query, cookies })
  if (flow.broken) throw flow.broken
  if (flow.refused) return refuse(org, { ...flow.refused, ip })
  if (!flow.opened || !answer.location) {
    const failure = answer.error ?? { message: 'no session' }
    return classifyFailure(failure) === 'stale' ? stale(org, cookies) : failed(org, failure, { ip })
  }
  return seeOther(answer.location, [...withoutFlow(slug, answer.cookies), forgetNote(slug)])
}

/** An old tab, or the Back button after a sign-in that went well: whoever is signed in goes on. */
async function stale(org: Org, cookies: Cookies): Promise<Response> {
  const state = await readSession(org.slug, cookies[cookieName(org.slug, 'session')])
  return state.kind === 'live' ? seeOther(`/orgs/${org.slug}`) : refuse(org, { reason: 'stale' })
}

function failed(org: Org, error: { code?: string; message: string }, more: Partial<RefusedSignIn>): Promise<Response> {
  const reason = classifyFailure(error)
  log().warn({ org: org.slug, reason, code: error.code, message: error.message.slice(0, 200) }, 'sign-in failed')
  return refuse(org, { ...more, reason })
}

async function isOurState(slug: string, cookies: Cookies, state: string | null): Promise<boolean> {
  const name = cookieName(slug, 'state')
  const token = cookies[name]
  if (!token || !state) return false
  const kept = await decode({ token, secret: authSecret(), salt: name }).catch(() => null)
  return kept?.value === state
}

const noFlow: Flow = {
  admit: async () => false,
  userId: () => null,
  open: () => Promise.reject(new Error('A sign-in that begins opens no session')),
}

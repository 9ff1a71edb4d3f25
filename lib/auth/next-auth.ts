import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash, randomBytes } from 'node:crypto'
import NextAuth, { type AuthOptions } from 'next-auth'
import { authSecret } from '@/lib/crypto'
import { once } from '@/lib/process'
import { type Cookies, cookieName } from './cookies'
import { ownOrigin } from './origin'

export type AuthCall = {
  action: 'signin' | 'callback'
  slug: string
  query: Record<string, string>
  cookies: Cookies
  callbackUrl?: string
}

export type AuthAnswer = {
  location: string | null
  cookies: string[]
  error: { code?: string; message: string } | null
}

type Heard = { error: { code?: string; message: string } | null }
const hearing = () => once('auth.hearing', () => new AsyncLocalStorage<Heard>())

/** next-auth keeps one logger for the whole process, so what it says is told apart by the call it belongs to. */
const logger: NonNullable<AuthOptions['logger']> = {
  error: (_code, metadata) => {
    const heard = hearing().getStore()
    const cause = metadata instanceof Error ? metadata : metadata.error
    if (!heard || heard.error || !(cause instanceof Error)) return
    const code = 'code' in cause && typeof cause.code === 'string' ? { code: cause.code } : {}
    heard.error = { ...code, message: cause.message }
  },
  warn: () => undefined,
  debug: () => undefined,
}

export const providerId = (slug: string): string => `okta-${slug}`

/**
 * Runs one next-auth action for one org. next-auth's API form takes plain objects, so the cookies are those we give it,
 * and a sign-in can begin from a plain form or from the Okta tile: the CSRF pair it asks for is made here, since the
 * callers check the origin.
 */
export async function runNextAuth(options: AuthOptions, call: AuthCall): Promise<AuthAnswer> {
  // next-auth would otherwise believe the Host header.
  process.env.NEXTAUTH_URL = ownOrigin()
  const csrfToken = randomBytes(32).toString('hex')
  const csrfHash = createHash('sha256').update(`${csrfToken}${authSecret()}`).digest('hex')
  const isStart = call.action === 'signin'
  const req = {
    method: isStart ? 'POST' : 'GET',
    query: { ...call.query, nextauth: [call.action, providerId(call.slug)] },
    cookies: { ...call.cookies, [cookieName(call.slug, 'csrf')]: `${csrfToken}|${csrfHash}` },
    headers: {},
    body: isStart ? { csrfToken, callbackUrl: call.callbackUrl } : undefined,
  }
  const res = response()
  const heard: Heard = { error: null }
  await hearing().run(heard, () => apiForm(req, res, { ...options, logger, secret: authSecret() }))
  return { location: res.one('location'), cookies: res.all('set-cookie'), error: heard.error }
}

/** The handler in its API form; its types ask for Node's request and response, its code for these few members. */
const apiForm = (req: object, res: object, options: AuthOptions): Promise<unknown> => {
  // A CommonJS package: Next hands over its default export, plain Node a module around it.
  const loaded: unknown = NextAuth
  const handler = typeof loaded === 'function' ? loaded : (loaded as { default: unknown }).default
  return (handler as (...args: [object, object, AuthOptions]) => Promise<unknown>)(req, res, options)
}

/** The part of Node's response that next-auth uses, kept in memory. */
function response() {
  const headers = new Map<string, string | string[]>()
  const res = {
    status: () => res,
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader: (name: string, value: string | string[]) => {
      headers.set(name.toLowerCase(), value)
      return res
    },
    send: () => undefined,
    json: () => undefined,
    end: () => undefined,
    all: (name: string): string[] => [headers.get(name) ?? []].flat(),
    one: (name: string): string | null => [headers.get(name) ?? []].flat()[0] ?? null,
  }
  return res
}

import 'server-only'
import { OAuthError } from '@okta/okta-auth-js'
import { z } from 'zod'
import type { EventTrace } from '@/db/types'
import { guardedRequest, ISSUER_UNREADABLE, IssuerError } from '@/lib/guarded-fetch'
import { type Discovery, readDiscovery } from '@/lib/issuer'
import type { Connection } from '@/lib/orgs/connections'
import { oktaFor } from './okta'
import { ownUrl } from './origin'

/** The steps of a test, in order; the settings page names them. */
export type TestStep = 'issuer' | 'keys' | 'client' | 'redirect' | 'token' | 'match'

export const testStep = (step: TestStep, outcome: EventTrace['outcome'], text: string): EventTrace => ({
  step,
  outcome,
  text,
})

/** Where Okta sends the browser back in a test; to register in Okta beside the sign-in's own. */
export const testCallback = (slug: string): string => ownUrl(`/api/orgs/${slug}/test-connection/callback`)

type Checked = { trace: EventTrace[]; discovery: Discovery | null }

/** What can be known of a connection without a person: issuer, keys, client id and secret. `discovery` null: it ends here. */
export async function checkConnection(connection: Connection, slug: string): Promise<Checked> {
  const trace: EventTrace[] = []
  try {
    const discovery = await readDiscovery(connection.issuer)
    trace.push(testStep('issuer', 'ok', `${connection.issuer} describes itself by exactly this name`))
    trace.push(await checkKeys(discovery))
    trace.push(await checkClient(connection, slug))
    return { trace, discovery: trace.some(({ outcome }) => outcome === 'failed') ? null : discovery }
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error
    return { trace: [...trace, testStep('issuer', 'failed', ISSUER_UNREADABLE)], discovery: null }
  }
}

const keysSchema = z.object({ keys: z.array(z.object({ kty: z.string(), crv: z.string().optional() })) })

async function checkKeys({ jwks_uri: address }: Discovery): Promise<EventTrace> {
  const { json } = await guardedRequest(address)
  const parsed = keysSchema.safeParse(json)
  const usable = parsed.success ? parsed.data.keys.filter(({ kty, crv }) => kty === 'RSA' || crv === 'P-256').length : 0
  if (usable === 0)
    return testStep(
      'keys',
      'failed',
      'The issuer publishes no RSA or P-256 key, so it cannot sign ID tokens with RS256 or ES256',
    )
  return testStep('keys', 'ok', `The issuer publishes ${usable === 1 ? 'a signing key' : `${usable} signing keys`}`)
}

/** A code nobody gave out: Okta names it as the fault only when client id and secret are right. */
async function checkClient(connection: Connection, slug: string): Promise<EventTrace> {
  const redirectUri = testCallback(slug)
  const made = { authorizationCode: 'connection-test', codeVerifier: 'connection-test'.repeat(4), scopes: ['openid'] }
  try {
    await oktaFor(connection, redirectUri).token.exchangeCodeForTokens({ ...made, redirectUri })
    return testStep('client', 'failed', 'Okta took a made-up code for a real one')
  } catch (error) {
    if (!(error instanceof OAuthError)) throw unreadableClient(error)
    const { errorCode } = error
    if (errorCode === 'invalid_grant') return testStep('client', 'ok', 'Okta accepts the client id and the secret')
    if (errorCode === 'invalid_client' || errorCode === 'unauthorized_client') {
      const todo = 'Copy both again from the app’s General tab in Okta'
      return testStep('client', 'failed', `Okta refuses the client id or the secret. ${todo}`)
    }
    return testStep('client', 'skipped', `Okta answered ${errorCode}, which does not tell whether the secret is right`)
  }
}

const unreadableClient = (error: unknown): Error =>
  error instanceof Error && error.message.includes(ISSUER_UNREADABLE)
    ? new IssuerError(ISSUER_UNREADABLE)
    : asError(error)

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

import 'server-only'
import type { Connection } from '@/lib/orgs/connections'
import { checkSignature } from './id-token'
import { oktaFor } from './okta'

export type Redeem = {
  code: string
  verifier: string
  nonce: string
  redirectUri: string
  scopes: string[]
  acrValues?: string
}

/**
 * Exchanges a code with Okta's library and checks the ID token: signature, issuer, audience, times, nonce, and the acr
 * when asked for. The claims; rejects when one is wrong.
 */
export async function redeemCode(connection: Connection, asked: Redeem): Promise<Record<string, unknown>> {
  const { issuer, clientId } = connection
  const { code, verifier, nonce, redirectUri, scopes, acrValues } = asked
  const okta = oktaFor(connection, redirectUri)
  // Its own check of the signature knows RSA only and never looks at the algorithm the token names.
  const checks = { ...(acrValues ? { acrValues } : {}), ignoreSignature: true }
  const exchange = { authorizationCode: code, codeVerifier: verifier, redirectUri, scopes }
  const { tokens } = await okta.token.exchangeCodeForTokens({ ...exchange, ...checks })
  if (!tokens.idToken) throw new Error('Okta sent no ID token')
  // The exchange forgets the nonce (8.0.1: a wrong one passed), so the token is checked again with it.
  await okta.token.verify(tokens.idToken, { issuer, clientId, nonce, ...checks })
  await checkSignature(tokens.idToken.idToken, issuer)
  return { ...tokens.idToken.claims }
}

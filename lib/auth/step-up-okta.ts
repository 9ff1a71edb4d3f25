import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { guardedRequest } from '@/lib/guarded-fetch'
import type { Connection } from '@/lib/orgs/connections'
import { ownUrl } from './origin'
import { redeemCode } from './redeem-code'
import type { Transaction } from './step-up-transaction'

/** Any two factors, in Okta's words. */
const ACR = 'urn:okta:loa:2fa:any'
/** How far Okta's clock may be behind ours. */
const SKEW_SECONDS = 30

export const stepUpCallback = (slug: string): string => ownUrl(`/api/orgs/${slug}/step-up/callback`)

const discovered = z.object({ issuer: z.string(), authorization_endpoint: z.url() })

/** Okta's address where the person confirms. Rejects when Okta cannot be reached or is another issuer. */
export async function stepUpAddress(connection: Connection, slug: string, t: Transaction, hint: string) {
  const { json } = await guardedRequest(`${connection.issuer}/.well-known/openid-configuration`)
  const known = discovered.parse(json)
  if (known.issuer !== connection.issuer) throw new Error(`The issuer [${known.issuer}] does not match`)
  const url = new URL(known.authorization_endpoint)
  const params = {
    client_id: connection.clientId,
    redirect_uri: stepUpCallback(slug),
    response_type: 'code',
    scope: 'openid',
    state: t.state,
    nonce: t.nonce,
    code_challenge: createHash('sha256').update(t.verifier).digest('base64url'),
    code_challenge_method: 'S256',
    max_age: '0',
    acr_values: ACR,
    login_hint: hint,
  }
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value)
  return url.href
}

const proven = z.object({ iss: z.string(), sub: z.string().min(1), auth_time: z.number().optional() })

/** Who confirmed, and whether they did it just now. */
export type Confirmed = { issuer: string; sub: string; fresh: boolean }

/** Exchanges the code and checks the ID token. Rejects when something about it is wrong. */
export async function confirmedBy(connection: Connection, slug: string, t: Transaction, code: string) {
  const { verifier, nonce } = t
  const asked = { code, verifier, nonce, redirectUri: stepUpCallback(slug), scopes: ['openid'], acrValues: ACR }
  const claims = proven.parse(await redeemCode(connection, asked))
  const since = Math.floor(t.startedAt / 1000) - SKEW_SECONDS
  return { issuer: claims.iss, sub: claims.sub, fresh: (claims.auth_time ?? 0) >= since } satisfies Confirmed
}

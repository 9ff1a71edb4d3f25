import 'server-only'
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { guardedRequest, IssuerError, unreadable } from './guarded-fetch'
import { once } from './process'

const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
  end_session_endpoint: z.url().optional(),
})

export type Discovery = z.infer<typeof discoverySchema>

/**
 * What an issuer says about itself, read through the guard: its `issuer` must be the address byte for byte, and every
 * endpoint on the issuer's own origin, as Okta's are. Throws IssuerError.
 */
export async function readDiscovery(issuer: string): Promise<Discovery> {
  const address = `${issuer}/.well-known/openid-configuration`
  const { status, json } = await guardedRequest(address)
  const parsed = discoverySchema.safeParse(json)
  if (status !== 200 || !parsed.success) throw unreadable(address, `answered ${status} without a discovery document`)
  const { issuer: named, ...endpoints } = parsed.data
  if (named !== issuer) throw unreadable(address, `it names the issuer ${named}`)
  const { origin } = new URL(issuer)
  const elsewhere = Object.values(endpoints).find((url) => url !== undefined && new URL(url).origin !== origin)
  if (elsewhere) throw unreadable(address, `it names the endpoint ${elsewhere} on another origin`)
  return parsed.data
}

type Kept = { keys: Promise<JWTVerifyGetKey>; until: number }

const KEEP_MS = 10 * 60_000
/** How long a failure is remembered, so that nobody makes us ask all the time. */
const FAILED_MS = 30_000
const MAX_KEPT = 1000

/** Where an issuer's signing keys come from, kept for ten minutes. Rejects with IssuerError. */
export function issuerKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const kept = once('issuer.keys', () => new Map<string, Kept>())
  const known = kept.get(issuer)
  if (known && known.until > Date.now()) return known.keys
  if (kept.size >= MAX_KEPT) kept.clear()
  const entry: Kept = { keys: remoteKeys(issuer), until: Date.now() + KEEP_MS }
  entry.keys.catch(() => {
    entry.until = Date.now() + FAILED_MS
  })
  kept.set(issuer, entry)
  return entry.keys
}

async function remoteKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const { jwks_uri: address } = await readDiscovery(issuer)
  return createRemoteJWKSet(new URL(address), { [customFetch]: fetchKeys, cacheMaxAge: KEEP_MS })
}

async function fetchKeys(url: string): Promise<Response> {
  const { status, json } = await guardedRequest(url)
  if (status !== 200) throw new IssuerError(`The keys answered ${status}`)
  return Response.json(json)
}

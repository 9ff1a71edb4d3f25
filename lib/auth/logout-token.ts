import 'server-only'
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import { IssuerError } from '@/lib/guarded-fetch'
import { issuerKeys } from '@/lib/issuer'
import type { Connection } from '@/lib/orgs/connections'
import { SIGNING_ALGORITHMS } from './id-token'
import { ownUrl } from './origin'

/** Why a logout token is not believed; for our log, never for the answer. */
export type TokenRefusal =
  | 'missing'
  | 'malformed'
  | 'wrong-type'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'expired'
  | 'bad-signature'
  | 'incomplete'

export type LogoutToken = { issuer: string; jti: string; clientId: string; until: Date }
type Checked = { ok: true; token: LogoutToken } | { ok: false; refused: TokenRefusal }

const TYPE = 'global-token-revocation+jwt'
/** Okta's tokens live five minutes; what clocks disagree comes on top. */
const MAX_AGE_SECONDS = 300
const TOLERANCE_SECONDS = 60
const MAX_TOKEN = 8 * 1024
const MAX_JTI = 200

/** Where Okta sends Universal Logout for an org; also the `aud` its token must carry, exactly. */
export const universalLogoutUrl = (slug: string): string => ownUrl(`/api/orgs/${slug}/global-token-revocation`)

/** Where Okta's custom authorization servers have their issuers; that of its org itself has no path. */
const CUSTOM_SERVER = /^\/oauth2\/[^/]+$/

/**
 * Whose word a logout token may be: the connection's issuer, or that of the Okta org it belongs to. Okta signs as its
 * org also where people sign in at a custom authorization server.
 */
export function logoutIssuers(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer)
  return CUSTOM_SERVER.test(pathname) ? [issuer, origin] : [issuer]
}

/**
 * Checks the JWT of a Universal Logout request: Okta's type, an issuer of the connection's Okta and that issuer's own
 * keys, our endpoint as the audience, times. Throws IssuerError when the issuer's keys cannot be read.
 */
export async function checkLogoutToken(
  authorization: string | null,
  slug: string,
  { issuer }: Pick<Connection, 'issuer'>,
): Promise<Checked> {
  const jwt = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1]
  if (!jwt || jwt.length > MAX_TOKEN) return { ok: false, refused: authorization ? 'malformed' : 'missing' }
  // Read before it is believed: a token that cannot be right must not make us ask the issuer for keys.
  const named = plausibleIssuer(jwt, slug, issuer)
  if ('refused' in named) return { ok: false, refused: named.refused }
  try {
    const { payload } = await jwtVerify(jwt, await issuerKeys(named.issuer), {
      algorithms: [...SIGNING_ALGORITHMS],
      typ: TYPE,
      issuer: named.issuer,
      audience: universalLogoutUrl(slug),
      requiredClaims: ['sub', 'exp', 'nbf', 'iat', 'jti'],
      maxTokenAge: MAX_AGE_SECONDS,
      clockTolerance: TOLERANCE_SECONDS,
    })
    const { jti, sub, iat = 0 } = payload
    if (!jti || jti.length > MAX_JTI || !sub) return { ok: false, refused: 'incomplete' }
    // Past this moment its age alone refuses it, so nobody need remember it.
    const until = new Date((iat + MAX_AGE_SECONDS + 2 * TOLERANCE_SECONDS) * 1000)
    return { ok: true, token: { issuer: named.issuer, jti, clientId: sub, until } }
  } catch (error) {
    if (error instanceof IssuerError) throw error
    return { ok: false, refused: reasonOf(error) }
  }
}

function plausibleIssuer(jwt: string, slug: string, issuer: string): { issuer: string } | { refused: TokenRefusal } {
  try {
    const { typ, alg } = decodeProtectedHeader(jwt)
    const { iss = '', aud } = decodeJwt(jwt)
    if (typ?.toLowerCase().replace(/^application\//, '') !== TYPE || !SIGNING_ALGORITHMS.includes(alg ?? ''))
      return { refused: 'wrong-type' }
    if (!logoutIssuers(issuer).includes(iss)) return { refused: 'wrong-issuer' }
    return aud === universalLogoutUrl(slug) ? { issuer: iss } : { refused: 'wrong-audience' }
  } catch {
    return { refused: 'malformed' }
  }
}

function reasonOf(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) {
    const times: unknown[] = ['exp', 'nbf', 'iat']
    if (error.reason === 'missing') return 'incomplete'
    return times.includes(error.claim) ? 'expired' : 'malformed'
  }
  const unsigned = [errors.JWSSignatureVerificationFailed, errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys]
  return unsigned.some((type) => error instanceof type) ? 'bad-signature' : 'malformed'
}

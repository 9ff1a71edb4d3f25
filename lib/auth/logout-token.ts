import 'server-only'
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import { IssuerError } from '@/lib/guarded-fetch'
import { issuerKeys } from '@/lib/issuer'
import type { Connection } from '@/lib/orgs/connections'
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

export type LogoutToken = { jti: string; clientId: string; until: Date }
type Checked = { ok: true; token: LogoutToken } | { ok: false; refused: TokenRefusal }

const TYPE = 'global-token-revocation+jwt'
/** Never `none`, and nothing symmetric: the keys are public. */
const ALGORITHMS = ['RS256', 'ES256']
/** Okta's tokens live five minutes; what clocks disagree comes on top. */
const MAX_AGE_SECONDS = 300
const TOLERANCE_SECONDS = 60
const MAX_TOKEN = 8 * 1024
const MAX_JTI = 200

/** Where Okta sends Universal Logout for an org; also the `aud` its token must carry, exactly. */
export const universalLogoutUrl = (slug: string): string => ownUrl(`/api/orgs/${slug}/global-token-revocation`)

/**
 * Checks the JWT of a Universal Logout request: Okta's type, the connection's issuer and its keys, our endpoint as the
 * audience, times. Throws IssuerError when the issuer's keys cannot be read.
 */
export async function checkLogoutToken(
  authorization: string | null,
  slug: string,
  { issuer }: Pick<Connection, 'issuer'>,
): Promise<Checked> {
  const jwt = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1]
  if (!jwt || jwt.length > MAX_TOKEN) return { ok: false, refused: authorization ? 'malformed' : 'missing' }
  // Read before it is believed: a token that cannot be right must not make us ask the issuer for keys.
  const hopeless = plainlyWrong(jwt, slug, issuer)
  if (hopeless) return { ok: false, refused: hopeless }
  try {
    const { payload } = await jwtVerify(jwt, await issuerKeys(issuer), {
      algorithms: ALGORITHMS,
      typ: TYPE,
      issuer,
      audience: universalLogoutUrl(slug),
      requiredClaims: ['sub', 'exp', 'nbf', 'iat', 'jti'],
      maxTokenAge: MAX_AGE_SECONDS,
      clockTolerance: TOLERANCE_SECONDS,
    })
    const { jti, sub, iat = 0 } = payload
    if (!jti || jti.length > MAX_JTI || !sub) return { ok: false, refused: 'incomplete' }
    // Past this moment its age alone refuses it, so nobody need remember it.
    const until = new Date((iat + MAX_AGE_SECONDS + 2 * TOLERANCE_SECONDS) * 1000)
    return { ok: true, token: { jti, clientId: sub, until } }
  } catch (error) {
    if (error instanceof IssuerError) throw error
    return { ok: false, refused: reasonOf(error) }
  }
}

function plainlyWrong(jwt: string, slug: string, issuer: string): TokenRefusal | null {
  try {
    const { typ, alg } = decodeProtectedHeader(jwt)
    const { iss, aud } = decodeJwt(jwt)
    if (typ?.toLowerCase().replace(/^application\//, '') !== TYPE || !ALGORITHMS.includes(alg ?? ''))
      return 'wrong-type'
    if (iss !== issuer) return 'wrong-issuer'
    return aud === universalLogoutUrl(slug) ? null : 'wrong-audience'
  } catch {
    return 'malformed'
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

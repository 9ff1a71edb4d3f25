import 'server-only'
import { generateKeyPair, SignJWT } from 'jose'
import { universalLogoutUrl } from '@/lib/auth/logout-token'
import { newId } from '@/lib/ids'
import { getConnection } from '@/lib/orgs/connections'
import { makeToken } from '@/lib/orgs/token-format'
import type { Door } from './doors'
import type { Ground } from './ground'
import type { Standing } from './standing'

export type Key = { token: string; action?: string | null }

/** The sender's own key for a door. With fewer walls nobody looks at a session, so none is needed. */
export async function ownKey({ attacker }: Ground, door: Door, slug: string, standing: Standing): Promise<Key> {
  if (door === 'scim') return { token: attacker.token }
  if (door === 'logout') return { token: await attacker.keys.logoutToken(universalLogoutUrl(slug)) }
  if (standing !== 3) return { token: '' }
  const { cookie, setRole } = await attacker.keys.visit()
  return { token: cookie, action: door === 'action' ? setRole : null }
}

/** A key of the same form that nobody has: no token, no issuer's signature, no session. */
export async function nobodysKey(ground: Ground, door: Door, slug: string): Promise<Key> {
  if (door === 'scim') return { token: makeToken(newId()).token }
  if (door === 'logout') return { token: await forged(ground, slug) }
  return { ...(await ownKey(ground, door, slug, 3)), token: '' }
}

/** What Okta would sign, signed by nobody it knows. */
async function forged({ victim }: Ground, slug: string): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256')
  const connection = await getConnection(victim.org.orgId)
  return new SignJWT({ jti: newId() })
    .setProtectedHeader({ alg: 'RS256', typ: 'global-token-revocation+jwt', kid: newId() })
    .setIssuer(connection?.issuer ?? 'https://nobody.example')
    .setSubject(connection?.clientId ?? 'nobody')
    .setAudience(universalLogoutUrl(slug))
    .setIssuedAt()
    .setNotBefore('0s')
    .setExpirationTime('5m')
    .sign(privateKey)
}

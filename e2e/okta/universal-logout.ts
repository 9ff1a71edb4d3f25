import { randomUUID } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import type { Outcome } from './actions'
import { OktaError } from './errors'
import { oneAtATime } from './lock'
import { fullName, type Person } from './model'
import { exchange } from './scim-client'
import { appendExchange, endOktaSessions, getPerson, logEvent, type Org, type Store } from './store'

export type SubjectFormat = 'iss_sub' | 'email'

const MINUTES = 5

/**
 * "Clear user sessions": ends the person's Okta sessions and, when they are assigned, tells the app to end its own
 * (global token revocation). Nothing about the person changes.
 */
export function clearSessions(store: Store, org: Org, idOrLogin: string, format: SubjectFormat): Promise<Outcome> {
  const person = getPerson(org, idOrLogin)
  return oneAtATime(`${org.config.slug}/${person.id}`, async () => {
    if (person.status === 'deactivated') throw new OktaError(409, `${fullName(person)} is deactivated.`)
    endOktaSessions(org, person.id)
    logEvent(org, 'user.session.clear', 'Sessions cleared', { personId: person.id })
    store.save()
    // Universal Logout is Okta's; Entra has nothing like it.
    if (!person.assigned || org.state.settings.sender === 'entra') return { person, requests: [] }
    const url = logoutUrl(store, org)
    const sent = await exchange(
      { action: 'clear-sessions', person },
      {
        method: 'POST',
        url,
        headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'User-Agent': 'Okta-Integrations' },
        token: await signLogout(org, url),
        body: { sub_id: subjectOf(org, person, format) },
      },
    )
    appendExchange(org, sent)
    store.save()
    const failed = `Universal Logout of ${fullName(person)} from app Rollcall failed: `
    return {
      person,
      requests: [sent],
      ...(sent.status === 204 ? {} : { error: failed + (sent.error ?? `the app answered HTTP ${sent.status}.`) }),
    }
  })
}

export const logoutUrl = ({ app }: Store, { config }: Org): string =>
  `${app.replace(/\/+$/, '')}/api/orgs/${config.slug}/global-token-revocation`

const subjectOf = ({ config }: Org, { id, login }: Person, format: SubjectFormat) =>
  format === 'email' ? { format, email: login } : { format, iss: config.issuer, sub: id }

/** A logout token for one endpoint, signed with the key of the issuer's ID tokens. */
export async function signLogout({ config, state }: Org, url: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'RS256', typ: 'global-token-revocation+jwt', kid: String(state.jwk.kid) })
    .setIssuer(config.issuer)
    .setSubject(config.clientId)
    .setAudience(url)
    .setIssuedAt(now)
    .setNotBefore(now - 60 * MINUTES)
    .setExpirationTime(now + 60 * MINUTES)
    .sign(await importJWK(state.jwk, 'RS256'))
}

import 'server-only'
import { type HttpRequestClient, OktaAuth, type SimpleStorage } from '@okta/okta-auth-js'
import { guardedRequest } from '@/lib/guarded-fetch'
import type { Connection } from '@/lib/orgs/connections'

/** How the library does HTTP: through the guard. As its own client does, an answer that is no success is thrown. */
const httpRequestClient: HttpRequestClient = async (method, url, { headers, data }) => {
  const body = typeof data === 'string' ? data : data && JSON.stringify(data)
  const sent = Object.fromEntries(new Headers(headers))
  const { status, headers: got, text, json } = await guardedRequest(url, { method, headers: sent, body })
  const responseJSON = typeof json === 'object' && json !== null ? json : {}
  const answer = { responseText: text, status, responseType: 'json', responseJSON, headers: got }
  if (status >= 400 || 'error' in responseJSON) throw answer
  return answer
}

/** Forgotten with the request: the library's own storage is one for the whole process and keeps settings for a day. */
function ownStorage(): { storageProvider: SimpleStorage } {
  const kept = new Map<string, string>()
  const storageProvider: SimpleStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
  return { storageProvider }
}

type Client = Pick<Connection, 'issuer' | 'clientId'> & { clientSecret?: string }

/**
 * Okta's library for one connection, its requests guarded. One per request: its storage holds a single person. Throws
 * its own error for an issuer that cannot be one.
 */
export const oktaFor = ({ issuer, clientId, clientSecret }: Client, redirectUri?: string): OktaAuth =>
  new OktaAuth({
    issuer,
    clientId,
    ...(clientSecret ? { clientSecret } : {}),
    ...(redirectUri ? { redirectUri } : {}),
    httpRequestClient,
    storageManager: { cache: ownStorage(), token: ownStorage(), transaction: ownStorage() },
  })

/** In the library's code but not in its types. */
type WithSignOutUrl = {
  getSignOutRedirectUrl: (options: { idToken: { idToken: string }; postLogoutRedirectUri: string }) => string
}

/** Okta's end-session address, which leads back to `back` when Okta has ended its own session. */
export function signOutUrl(connection: Connection, idToken: string, back: string): string {
  const okta: object = oktaFor({ issuer: connection.issuer, clientId: connection.clientId })
  return (okta as WithSignOutUrl).getSignOutRedirectUrl({ idToken: { idToken }, postLogoutRedirectUri: back })
}

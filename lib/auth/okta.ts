import 'server-only'
import { OktaAuth } from '@okta/okta-auth-js'
import type { Connection } from '@/lib/orgs/connections'

/** One per request: its memory storage holds a single user. */
const oktaFor = ({ issuer, clientId }: Connection): OktaAuth => new OktaAuth({ issuer, clientId })

/** In the library's code but not in its types. */
type WithSignOutUrl = {
  getSignOutRedirectUrl: (options: { idToken: { idToken: string }; postLogoutRedirectUri: string }) => string
}

/** Okta's end-session address, which leads back to `back` when Okta has ended its own session. */
export function signOutUrl(connection: Connection, idToken: string, back: string): string {
  const okta: object = oktaFor(connection)
  return (okta as WithSignOutUrl).getSignOutRedirectUrl({ idToken: { idToken }, postLogoutRedirectUri: back })
}

import 'server-only'
import type { AuthOptions } from 'next-auth'
import type { Adapter } from 'next-auth/adapters'
import { issuerAgent } from '@/lib/guarded-agent'
import type { Connection } from '@/lib/orgs/connections'
import type { Org } from '@/lib/orgs/orgs'
import { type CookieKind, cookieName, cookieOptions, isSecure } from './cookies'
import { newSessionToken, SESSION_SECONDS } from './create-session'
import { exchangeWithNextAuth } from './id-token'
import { providerId } from './next-auth'
import { ownUrl, returnPath } from './origin'

/** What our code decides during one sign-in; next-auth calls it at the right moments. */
export type Flow = {
  /** Judges the verified ID token. False ends the sign-in; the flow remembers why. */
  admit: (claims: Record<string, unknown>, idToken: string | undefined) => Promise<boolean>
  /** The admitted user's id, once admitted. */
  userId: () => string | null
  /** Opens the session, or throws. */
  open: (sessionToken: string) => Promise<Date>
}

const CHECK_SECONDS = 15 * 60

/** next-auth's options for one org and one request: its own provider, cookies and adapter. */
export function optionsFor(org: Org, connection: Connection, flow: Flow): AuthOptions {
  const id = providerId(org.slug)
  return {
    providers: [
      {
        id,
        name: `Okta (${org.name})`,
        type: 'oauth',
        issuer: connection.issuer,
        wellKnown: `${connection.issuer}/.well-known/openid-configuration`,
        clientId: connection.clientId,
        clientSecret: connection.clientSecret,
        client: { token_endpoint_auth_method: 'client_secret_basic' },
        token: { request: exchangeWithNextAuth },
        authorization: { params: { scope: 'openid email profile' } },
        // One for all orgs: next-auth sets it for its whole client library.
        httpOptions: { agent: issuerAgent(), timeout: 5000 },
        checks: ['pkce', 'state', 'nonce'],
        idToken: true,
        profile: (claims: { sub: string }) => ({ id: claims.sub }),
      },
    ],
    useSecureCookies: isSecure(),
    cookies: cookiesFor(org.slug),
    session: {
      strategy: 'database',
      maxAge: SESSION_SECONDS.okta,
      generateSessionToken: () => newSessionToken(org.orgId),
    },
    callbacks: {
      signIn: ({ account, profile }) => flow.admit({ ...profile }, account?.id_token),
      redirect: ({ url }) => ownUrl(returnPath(url, org.slug)),
    },
    adapter: adapterFor(flow),
  }
}

function cookiesFor(slug: string): NonNullable<AuthOptions['cookies']> {
  const named = (kind: CookieKind, maxAge?: number) => ({
    name: cookieName(slug, kind),
    options: { ...cookieOptions(), ...(maxAge ? { maxAge } : {}) },
  })
  return {
    sessionToken: named('session'),
    callbackUrl: named('callback-url', CHECK_SECONDS),
    csrfToken: named('csrf'),
    pkceCodeVerifier: named('pkce', CHECK_SECONDS),
    state: named('state', CHECK_SECONDS),
    nonce: named('nonce', CHECK_SECONDS),
  }
}

/**
 * The five calls next-auth makes of an adapter during a sign-in. `getSessionAndUser` knows nobody: with a session found
 * it would link the new account to that session's user.
 */
function adapterFor(flow: Flow): Adapter {
  const known = () => {
    const id = flow.userId()
    return id ? { id, email: '', emailVerified: null } : null
  }
  const never = (name: string) => () => Promise.reject(new Error(`The sign-in adapter has no ${name}`))
  return {
    getUserByAccount: async () => known(),
    getSessionAndUser: async () => null,
    createSession: async ({ sessionToken, userId }) => ({
      sessionToken,
      userId,
      expires: await flow.open(sessionToken),
    }),
    createUser: never('createUser'),
    getUser: never('getUser'),
    getUserByEmail: never('getUserByEmail'),
    updateUser: never('updateUser'),
    linkAccount: never('linkAccount'),
    updateSession: never('updateSession'),
    deleteSession: never('deleteSession'),
  }
}

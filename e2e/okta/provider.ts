import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Context, errors, interactionPolicy, Provider } from 'oidc-provider'
import { issuerShape } from './config'
import { fullName, type Person } from './model'
import { sessionAdapter } from './session-adapter'
import { messagePage } from './sign-in-page'
import type { Org, Store } from './store'

/** Okta's name for "any one factor", which is what a plain sign-in gives. */
export const ONE_FACTOR = 'urn:okta:loa:1fa:any'
const ACR_VALUES = [ONE_FACTOR, 'urn:okta:loa:2fa:any', 'phr', 'phrh']

const HOUR = 3600

/** One org's authorization server, mounted where its issuer says. */
export type Issuer = {
  org: Org
  provider: Provider
  port: number
  prefix: string
  /** True for the addresses of the protocol; the sign-in page is ours. */
  owns: (path: string) => boolean
  handle: (req: IncomingMessage, res: ServerResponse) => void
}

/** An Okta-shaped OpenID provider for one company. */
export function createIssuer(store: Store, org: Org): Issuer {
  const { config, state } = org
  const { port, prefix, endpoints } = issuerShape(config.issuer)
  const provider = new Provider(config.issuer, {
    adapter: sessionAdapter(store, org),
    clients: [
      {
        client_id: config.clientId,
        client_secret: config.clientSecret,
        client_name: 'Rollcall',
        redirect_uris: config.redirectUris,
        post_logout_redirect_uris: config.postLogoutRedirectUris,
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: { keys: [state.jwk] },
    routes: {
      authorization: `${endpoints}/v1/authorize`,
      token: `${endpoints}/v1/token`,
      jwks: `${endpoints}/v1/keys`,
      userinfo: `${endpoints}/v1/userinfo`,
      end_session: `${endpoints}/v1/logout`,
    },
    // Ports do not separate cookies, so every company has names of its own.
    cookies: {
      keys: store.cookieKeys,
      names: {
        session: `okta_${config.slug}_sid`,
        interaction: `okta_${config.slug}_int`,
        resume: `okta_${config.slug}_res`,
      },
    },
    claims: {
      openid: ['sub', 'acr', 'amr', 'auth_time'],
      email: ['email', 'email_verified'],
      profile: ['name', 'given_name', 'family_name', 'preferred_username', 'locale', 'zoneinfo', 'updated_at'],
    },
    scopes: ['openid', 'email', 'profile'],
    acrValues: ACR_VALUES,
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx) => show(ctx, 'Signing out', ''),
        postLogoutSuccessSource: (ctx) => show(ctx, 'Signed out', `You are signed out of Okta at ${config.name}.`),
      },
    },
    interactions: { url: (_ctx, { jti }) => `${prefix}/signin/${jti}`, policy: signInPolicy(org) },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: 60,
      Grant: 24 * HOUR,
      IdToken: HOUR,
      Interaction: HOUR,
      Session: 12 * HOUR,
    },
    findAccount: async (_ctx, id) => {
      const person = activePerson(org, id)
      return person && { accountId: id, claims: () => claimsOf(person) }
    },
    loadExistingGrant: grantAll,
    renderError: (ctx, { error, error_description: description }) =>
      show(ctx, 'Okta could not do this', `${error}: ${description ?? 'no further description'}`),
  })
  provider.use(signOutAtOnce)
  provider.on('server_error', (_ctx, error) => console.error(`okta ${config.slug}:`, error))
  const callback = provider.callback()
  const protocol = new RegExp(`^${prefix}(/\\.well-known/|${endpoints}/v1/)`)
  return {
    org,
    provider,
    port,
    prefix,
    owns: (path) => protocol.test(path),
    handle: (req, res) => {
      // The addresses in discovery are the issuer's, by whatever loopback name the request came.
      req.headers.host = new URL(config.issuer).host
      const url = req.url ?? '/'
      Object.assign(req, { originalUrl: url, url: url.slice(prefix.length) })
      void callback(req, res)
    },
  }
}

function signInPolicy(org: Org): interactionPolicy.Prompts {
  const { Check, base } = interactionPolicy
  const policy = base()
  const ask = (reason: string, description: string, check: (ctx: Context) => boolean) =>
    policy.get('login')?.checks.add(new Check(reason, description, 'login_required', check))

  ask('inactive', 'The signed-in person is no longer active', ({ oidc }) =>
    Boolean(oidc.session.accountId && !activePerson(org, oidc.session.accountId)),
  )
  ask('acr', 'The session was not opened with the assurance asked for', ({ oidc }) => {
    const wanted = oidc.params.acr_values?.split(' ')
    return Boolean(wanted && !oidc.result?.login && !wanted.includes(oidc.session.acr ?? ''))
  })
  ask('not_assigned', 'The signed-in person may not use this app', ({ oidc }) => {
    const person = oidc.session.accountId ? activePerson(org, oidc.session.accountId) : undefined
    if (person && !person.assigned && org.state.settings.enforceAssignment && !isAskedAgain(oidc)) {
      throw new errors.AccessDenied('User is not assigned to the client application.')
    }
    return false
  })
  return policy
}

/** A request that asks for a fresh sign-in may end with somebody else, so the old person is not judged. */
const isAskedAgain = ({ params, result }: Context['oidc']): boolean =>
  !result?.login && (params.prompt?.split(' ').includes('login') === true || params.max_age === '0')

/** Okta asks nobody for consent to a company's own app. */
async function grantAll({ oidc }: Context) {
  if (!oidc.account) return undefined
  const { accountId } = oidc.account
  const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId })
  grant.addOIDCScope('openid email profile')
  await grant.save()
  return grant
}

/** Okta asks no "do you want to sign out?", and without scripts the library's page would stop there. */
async function signOutAtOnce(ctx: Context, next: () => Promise<void>): Promise<void> {
  await next()
  if (ctx.oidc?.route !== 'end_session' || ctx.status !== 200) return
  const { session, params, cookies, provider } = ctx.oidc
  await session.destroy()
  cookies.set(provider.cookieName('session'), null, { overwrite: true, signed: true, path: '/' })
  const back = params.post_logout_redirect_uri
  if (!back) return show(ctx, 'Signed out', 'You are signed out of Okta.')
  const target = new URL(back)
  if (params.state) target.searchParams.set('state', params.state)
  ctx.status = 303
  ctx.redirect(target.href)
}

const activePerson = ({ state }: Org, id: string): Person | undefined =>
  state.people.find((person) => person.id === id && person.status === 'active')

const claimsOf = (person: Person) => ({
  sub: person.id,
  name: fullName(person),
  given_name: person.firstName,
  family_name: person.lastName,
  preferred_username: person.login,
  email: person.login,
  email_verified: true,
  locale: 'en-US',
  zoneinfo: 'America/Los_Angeles',
  updated_at: Math.floor(Date.parse(person.updatedAt) / 1000),
})

function show(ctx: Context, title: string, message: string): void {
  ctx.type = 'html'
  ctx.body = messagePage(title, message)
}

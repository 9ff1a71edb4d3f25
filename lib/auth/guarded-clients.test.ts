import { createServer as createHttp, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcp, type Server as TcpServer } from 'node:net'
import { getWellKnown } from '@okta/okta-auth-js'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Connection } from '@/lib/orgs/connections'
import type { Org } from '@/lib/orgs/orgs'
import { setEnvironment } from '@/lib/test-process'
import { type AuthAnswer, runNextAuth } from './next-auth'
import { oktaFor } from './okta'
import { type Flow, optionsFor } from './options'

/*
 * Every request that signing in makes of an issuer passes the guard: discovery, keys, token and userinfo, whether
 * next-auth's client makes it or Okta's library. A private listener counts who connects.
 */

let issuerServer: Server
let privateServer: TcpServer
let issuer = ''
let inside = ''
let connections = 0
/** What the allowed issuer names instead of its own endpoints. */
let named: Record<string, string> = {}
let nonce = ''
let withIdToken = true
const keys = generateKeyPair('RS256')

const portOf = (server: Server | TcpServer) => (server.address() as AddressInfo).port

beforeAll(async () => {
  privateServer = createTcp((socket) => {
    connections += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => privateServer.listen(0, '127.0.0.1', resolve))
  inside = `https://127.0.0.1:${portOf(privateServer)}`
  issuerServer = createHttp(async (req, res) => {
    res.setHeader('content-type', 'application/json')
    res.end(JSON.stringify(await answer(new URL(req.url ?? '/', issuer).pathname)))
  })
  await new Promise<void>((resolve) => issuerServer.listen(0, '127.0.0.1', resolve))
  issuer = `http://localhost:${portOf(issuerServer)}`
  setEnvironment({ ROLLCALL_ISSUER_ALLOW: issuer })
})
afterAll(() => {
  privateServer.close()
  issuerServer.close()
  issuerServer.closeAllConnections()
})
beforeEach(() => {
  connections = 0
  named = {}
  withIdToken = true
})

async function answer(path: string): Promise<unknown> {
  const { privateKey, publicKey } = await keys
  if (path === '/keys') return { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }] }
  if (path.endsWith('/token'))
    return {
      access_token: 'a',
      token_type: 'Bearer',
      ...(withIdToken ? { id_token: await idToken(privateKey) } : {}),
    }
  if (path === '/userinfo') return { sub: '00u1' }
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    userinfo_endpoint: `${issuer}/userinfo`,
    ...named,
  }
}

const idToken = (key: CryptoKey) =>
  new SignJWT({ nonce })
    .setProtectedHeader({ alg: 'RS256', kid: 'k' })
    .setIssuer(issuer)
    .setSubject('00u1')
    .setAudience('client')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(key)

const org = { orgId: '00000000-0000-7000-8000-000000000001', slug: 'porter', name: 'Porter' } as Org
const connectionTo = (address: string) =>
  ({ issuer: address, clientId: 'client', clientSecret: 'secret' }) as Connection

function flow(): Flow & { seen: string[] } {
  const seen: string[] = []
  return {
    seen,
    admit: async ({ sub }) => {
      seen.push(String(sub))
      return false
    },
    userId: () => null,
    open: () => Promise.reject(new Error('no session here')),
  }
}

function optionsTo(address: string, judge: Flow, withUserinfo = false) {
  const options = optionsFor(org, connectionTo(address), judge)
  const [provider] = options.providers
  if (!provider) throw new Error('no provider')
  if (!withUserinfo) return options
  // Only a client that does not ask for an ID token asks for userinfo.
  const asking = { ...provider, idToken: false }
  if ('token' in asking) delete asking.token
  return { ...options, providers: [asking as typeof provider] }
}

const begin = (address: string, judge: Flow = flow()) =>
  runNextAuth(optionsTo(address, judge), { action: 'signin', slug: 'porter', query: {}, cookies: {} })

/** A sign-in at the allowed issuer up to the code, then the callback. */
async function callback(judge: Flow, withUserinfo = false): Promise<AuthAnswer> {
  const { location, cookies: set } = await begin(issuer, judge)
  const asked = new URL(location ?? '').searchParams
  nonce = asked.get('nonce') ?? ''
  withIdToken = !withUserinfo
  const cookies = Object.fromEntries(
    set.map((cookie) => {
      const [pair = ''] = cookie.split(';')
      const at = pair.indexOf('=')
      return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))]
    }),
  )
  const query = { code: 'code', state: asked.get('state') ?? '' }
  return runNextAuth(optionsTo(issuer, judge, withUserinfo), { action: 'callback', slug: 'porter', query, cookies })
}

test('next-auth signs in through the guard at an issuer the operator allows', async () => {
  const judge = flow()
  await callback(judge)
  expect(judge.seen).toEqual(['00u1'])
  const other = flow()
  await callback(other, true)
  expect(other.seen).toEqual(['00u1'])
})

test.each(['', '/oauth2/default'])(
  'next-auth: discovery at a private address is refused (issuer path "%s")',
  async (path) => {
    expect((await begin(`${inside}${path}`)).error).toMatchObject({ code: 'EGUARD' })
    expect((await begin(`https://localhost:${portOf(privateServer)}${path}`)).error).toMatchObject({ code: 'EGUARD' })
    expect(connections).toBe(0)
  },
)

test.each([
  ['token', 'token_endpoint', false],
  ['keys', 'jwks_uri', false],
  ['userinfo', 'userinfo_endpoint', true],
])('next-auth: the %s endpoint at a private address is refused', async (_name, endpoint, withUserinfo) => {
  named = { [endpoint]: `${inside}/x` }
  const judge = flow()
  expect((await callback(judge, withUserinfo)).error).toMatchObject({ code: 'EGUARD' })
  expect(judge.seen).toEqual([])
  expect(connections).toBe(0)
})

const redirectUri = 'http://localhost:3000/back'
const okta = (address: string) => oktaFor(connectionTo(address), redirectUri)
const exchange = (address: string) =>
  okta(address).token.exchangeCodeForTokens({
    authorizationCode: 'c',
    codeVerifier: 'v',
    redirectUri,
    scopes: ['openid'],
  })
const access = {
  accessToken: 'a',
  expiresAt: 0,
  authorizeUrl: '',
  scopes: [],
  tokenType: 'Bearer',
  claims: { sub: '' },
}

async function someToken() {
  const { tokens } = await exchange(issuer)
  if (!tokens.idToken) throw new Error('no ID token')
  return tokens.idToken
}

test('Okta’s library exchanges a code and checks it, through the guard', async () => {
  const { claims } = await someToken()
  expect(claims.sub).toBe('00u1')
  const person = await okta(issuer).token.getUserInfo(
    { ...access, userinfoUrl: `${issuer}/userinfo` },
    await someToken(),
  )
  expect(person.sub).toBe('00u1')
})

const refused: [string, () => Promise<unknown>][] = [
  ['discovery', () => getWellKnown(okta(inside))],
  ['the token endpoint', () => exchange(inside)],
  [
    'the keys',
    () => {
      named = { jwks_uri: `${inside}/keys` }
      return exchange(issuer)
    },
  ],
  [
    'userinfo',
    async () => okta(issuer).token.getUserInfo({ ...access, userinfoUrl: `${inside}/userinfo` }, await someToken()),
  ],
]
test.each(refused)('Okta’s library: %s at a private address is refused', async (_name, ask) => {
  await expect(ask()).rejects.toThrow(/issuer address/)
  expect(connections).toBe(0)
})

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

type Claims = Record<string, unknown>

/** What the issuer's next ID token says and how it is signed; `undefined` takes a claim away. */
export type Answer = {
  claims?: Claims
  sign?: 'RS256' | 'ES256' | 'RS512' | 'EdDSA' | 'other key' | 'other kind' | 'none' | 'HS256'
  error?: string
  /** What the discovery document calls the issuer. */
  discovered?: string
}

export type TestIssuer = {
  issuer: string
  /** The code the browser brings back, for the authorize address it was sent to. */
  authorize: (address: string, answer?: Answer) => Promise<string>
  /** What was sent to the token endpoint. */
  asked: URLSearchParams[]
  /** The addresses it sends a browser back to; it refuses all others. */
  registered: Set<string>
  /** How far its clock is from ours, in seconds. */
  clock: { ahead: number }
  close: () => void
}

/**
 * An authorization server that says what a test wants it to, honest in all else: real keys, one code used once, PKCE
 * kept for the test to look at.
 */
export async function startIssuer(clientSecret = 'secret'): Promise<TestIssuer> {
  const pairs = {
    RS256: await generateKeyPair('RS256'),
    ES256: await generateKeyPair('ES256'),
    RS512: await generateKeyPair('RS512'),
    EdDSA: await generateKeyPair('EdDSA'),
  }
  const foreign = await generateKeyPair('RS256')
  const keys = await Promise.all(
    Object.entries(pairs).map(async ([alg, { publicKey }]) => ({
      ...(await exportJWK(publicKey)),
      kid: alg,
      alg,
      use: 'sig',
    })),
  )
  const codes = new Map<string, { params: URLSearchParams; answer: Answer }>()
  const asked: URLSearchParams[] = []
  const registered = new Set<string>()
  const clock = { ahead: 0 }
  let issuer = ''
  let discovered: string | undefined

  const sign = (payload: JWTPayload, how: Answer['sign'] = 'RS256') => {
    const signed = (alg: string, kid: string, key: CryptoKey | Uint8Array) =>
      new SignJWT(payload).setProtectedHeader({ alg, kid }).sign(key)
    switch (how) {
      case 'none':
        return `${b64({ alg: 'none', kid: 'RS256' })}.${b64(payload)}.`
      case 'HS256':
        return signed('HS256', 'RS256', new TextEncoder().encode(clientSecret))
      case 'other key':
        return signed('RS256', 'RS256', foreign.privateKey)
      case 'other kind':
        // A key of the issuer, under the name of another of its keys that is of another kind.
        return signed('ES256', 'RS256', pairs.ES256.privateKey)
      default:
        return signed(how, how, pairs[how].privateKey)
    }
  }
  const token = async (form: URLSearchParams) => {
    asked.push(form)
    if (form.has('client_secret') && form.get('client_secret') !== clientSecret) {
      return { status: 401, body: { error: 'invalid_client', error_description: 'Client authentication failed' } }
    }
    const found = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    if (!found)
      return { status: 400, body: { error: 'invalid_grant', error_description: 'The code is used or unknown' } }
    const { params, answer } = found
    if (answer.error) return { status: 400, body: { error: answer.error, error_description: 'As told' } }
    const now = Math.floor(Date.now() / 1000)
    const payload = {
      iss: issuer,
      aud: params.get('client_id'),
      iat: now,
      exp: now + 600,
      auth_time: now,
      nonce: params.get('nonce'),
      acr: params.get('acr_values') ?? undefined,
      ...answer.claims,
    }
    const id_token = await sign(JSON.parse(JSON.stringify(payload)), answer.sign)
    return {
      status: 200,
      body: { access_token: 'a', token_type: 'Bearer', expires_in: 600, scope: 'openid', id_token },
    }
  }
  const endpoints = () => ({
    issuer: discovered ?? issuer,
    authorization_endpoint: `${issuer}/v1/authorize`,
    token_endpoint: `${issuer}/v1/token`,
    jwks_uri: `${issuer}/v1/keys`,
    userinfo_endpoint: `${issuer}/v1/userinfo`,
    end_session_endpoint: `${issuer}/v1/logout`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  })
  /** Asked with nobody signed in: back to where it knows, else a refusal of its own, as Okta does. */
  const browser = (name: string, params: URLSearchParams, back: string) => {
    const to = params.get(name) ?? ''
    if (registered.has(to)) return { status: 302, body: {}, location: `${to}${back}` }
    return { status: 400, body: { error: 'invalid_request', error_description: `${name} is not registered` } }
  }
  const answerTo = async (path: string, params: URLSearchParams, sent: string) => {
    if (path === '/v1/token') return token(new URLSearchParams(sent))
    if (path === '/v1/keys') return { status: 200, body: { keys } }
    if (path === '/v1/authorize' && params.get('client_id') !== 'client')
      return { status: 400, body: { error: 'invalid_client' } }
    if (path === '/v1/authorize') return browser('redirect_uri', params, '?error=login_required')
    if (path === '/v1/logout') return browser('post_logout_redirect_uri', params, '')
    return { status: 200, body: endpoints() }
  }
  const server: Server = createServer((req, res) => {
    let sent = ''
    req.on('data', (part) => {
      sent += part
    })
    req.on('end', async () => {
      const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost')
      const answer = await answerTo(pathname.replace('/oauth2/test', ''), searchParams, sent)
      const date = new Date(Date.now() + clock.ahead * 1000).toUTCString()
      const location = 'location' in answer ? { location: answer.location } : {}
      res.writeHead(answer.status, { 'content-type': 'application/json', date, ...location })
      res.end(JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  issuer = `http://localhost:${portOf(server)}/oauth2/test`
  return {
    issuer,
    asked,
    registered,
    clock,
    authorize: async (address, answer = {}) => {
      const code = crypto.randomUUID()
      discovered = answer.discovered
      codes.set(code, { params: new URL(address).searchParams, answer })
      return code
    },
    close: () => server.close(),
  }
}

const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A server that listens on TCP has such an address. */
const portOf = (server: Server): number => (server.address() as AddressInfo).port

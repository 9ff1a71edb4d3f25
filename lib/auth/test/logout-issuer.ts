import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

export type LogoutIssuer = {
  issuer: string
  /** The issuer of the Okta org the custom server belongs to; the same one where there is no custom server. */
  orgIssuer: string
  /** A logout token; `undefined` takes a claim away. */
  sign: (claims: Record<string, unknown>, how?: Signing) => Promise<string>
  /** How often its keys were fetched. */
  fetched: () => number
  away: (is: boolean) => void
  close: () => void
}

type Signing = { alg?: 'RS256' | 'ES256' | 'HS256'; typ?: string; key?: 'other'; by?: 'org' }

/** The keys of one issuer; the names of keys are alike everywhere, the keys are not. */
async function ring() {
  const rsa = await generateKeyPair('RS256')
  const ec = await generateKeyPair('ES256')
  const keys = [
    { ...(await exportJWK(rsa.publicKey)), kid: 'r', alg: 'RS256', use: 'sig' },
    { ...(await exportJWK(ec.publicKey)), kid: 'e', alg: 'ES256', use: 'sig' },
  ]
  return { rsa, ec, keys }
}

/**
 * An issuer with keys to fetch and a pen: what Universal Logout needs of Okta. `path` is the shape of its address; with
 * one, the Okta org at the same origin is an issuer of its own, with other keys.
 */
export async function startLogoutIssuer(path = '/oauth2/test'): Promise<LogoutIssuer> {
  const own = await ring()
  const orgs = path ? await ring() : own
  const other = await generateKeyPair('RS256')
  let origin = ''
  let fetched = 0
  let away = false
  const server = createServer((req, res) => {
    const isOwn = path !== '' && req.url?.startsWith(path)
    const issuer = isOwn ? origin + path : origin
    const isKeys = req.url?.endsWith('/v1/keys')
    if (isKeys) fetched += 1
    const endpoints = {
      issuer,
      authorization_endpoint: `${issuer}/v1/authorize`,
      token_endpoint: `${issuer}/v1/token`,
      jwks_uri: `${issuer}/v1/keys`,
    }
    res.writeHead(away ? 500 : 200, { 'content-type': 'application/json' })
    res.end(JSON.stringify(isKeys ? { keys: (isOwn ? own : orgs).keys } : endpoints))
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo
  origin = `http://localhost:${port}`
  return {
    issuer: origin + path,
    orgIssuer: origin,
    fetched: () => fetched,
    away: (is) => {
      away = is
    },
    sign: (claims, { alg = 'RS256', typ = 'global-token-revocation+jwt', key, by } = {}) => {
      const now = Math.floor(Date.now() / 1000)
      const times = { iat: now, nbf: now, exp: now + 300 }
      const { rsa, ec, keys } = by === 'org' ? orgs : own
      const iss = by === 'org' ? origin : origin + path
      const all: JWTPayload = JSON.parse(
        JSON.stringify({ iss, sub: 'client', jti: crypto.randomUUID(), ...times, ...claims }),
      )
      const secret = new TextEncoder().encode(JSON.stringify(keys[0]))
      const pen = key === 'other' ? other.privateKey : alg === 'ES256' ? ec.privateKey : rsa.privateKey
      const kid = alg === 'ES256' ? 'e' : 'r'
      return new SignJWT(all).setProtectedHeader({ alg, typ, kid }).sign(alg === 'HS256' ? secret : pen)
    },
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

import { createHash, randomBytes } from 'node:crypto'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OrgConfig } from './config'
import { type Bed, startBed } from './test-bed'

let bed: Bed
beforeAll(async () => {
  bed = await startBed()
})
afterAll(() => bed.close())

const orgOf = (slug: string): OrgConfig => {
  const org = bed.config.orgs.find((candidate) => candidate.slug === slug)
  if (!org) throw new Error(`no ${slug}`)
  return org
}

/** A browser without scripts: cookies, redirects inside Okta, and the first page or foreign address it ends at. */
function browser() {
  const jar = new Map<string, string>()
  const visit = async (
    url: string,
    form?: Record<string, string>,
  ): Promise<{ url: URL; status: number; html: string }> => {
    const here = new URL(url)
    if (here.origin === new URL(bed.fake.url).origin) return { url: here, status: 0, html: '' }
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        cookie: [...jar].map((pair) => pair.join('=')).join('; '),
        ...(form ? { origin: here.origin, 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (value) jar.set(name, value)
      else jar.delete(name)
    }
    const location = response.headers.get('location')
    if (location) return visit(new URL(location, url).href)
    return { url: here, status: response.status, html: await response.text() }
  }
  return { visit }
}

type Endpoints = Record<
  'authorization_endpoint' | 'token_endpoint' | 'userinfo_endpoint' | 'end_session_endpoint' | 'jwks_uri',
  string
>

async function discover(slug: string): Promise<Endpoints> {
  const response = await fetch(`${orgOf(slug).issuer}/.well-known/openid-configuration`)
  return (await response.json()) as Endpoints
}

const verifier = randomBytes(32).toString('base64url')

async function authorizeUrl(slug: string, extra: Record<string, string> = {}): Promise<string> {
  const url = new URL((await discover(slug)).authorization_endpoint)
  const org = orgOf(slug)
  const params = {
    client_id: org.clientId,
    redirect_uri: org.redirectUris[0] ?? '',
    response_type: 'code',
    scope: 'openid email profile',
    state: 'the-state',
    nonce: 'the-nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...extra,
  }
  for (const [key, value] of Object.entries(params)) if (value) url.searchParams.set(key, value)
  return url.href
}

async function exchange(slug: string, code: string, authentication: 'basic' | 'post' = 'basic') {
  const { token_endpoint, jwks_uri, userinfo_endpoint } = await discover(slug)
  const { clientId, clientSecret, redirectUris, issuer } = orgOf(slug)
  const response = await fetch(token_endpoint, {
    method: 'POST',
    headers: authentication === 'basic' ? { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` } : {},
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUris[0] ?? '',
      code_verifier: verifier,
      ...(authentication === 'post' ? { client_id: clientId, client_secret: clientSecret } : {}),
    }),
  })
  const tokens = (await response.json()) as { id_token: string; access_token: string; error?: string }
  if (tokens.error) throw new Error(tokens.error)
  const { payload } = await jwtVerify(tokens.id_token, createRemoteJWKSet(new URL(jwks_uri)), {
    issuer,
    audience: clientId,
  })
  const headers = { authorization: `Bearer ${tokens.access_token}` }
  const userinfo: unknown = await (await fetch(userinfo_endpoint, { headers })).json()
  return { payload, userinfo, idToken: tokens.id_token }
}

const personOf = async (slug: string, login: string) =>
  (await bed.api('GET', `/orgs/${slug}/people/${login}`)).body as { id: string }

const OLIVIA = 'olivia.owner@porter.example'

async function signIn(tab: ReturnType<typeof browser>, slug: string, login: string, extra?: Record<string, string>) {
  const page = await tab.visit(await authorizeUrl(slug, extra))
  return tab.visit(page.url.href, { login })
}

describe('issuer shapes', () => {
  it.each([
    ['porter', 'custom authorization server', '/v1/'],
    ['white-rabbit', 'org server', '/oauth2/v1/'],
  ])('%s has the shape of an Okta %s', async (slug, _shape, path) => {
    const { issuer } = orgOf(slug)
    expect(await discover(slug)).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}${path}authorize`,
      token_endpoint: `${issuer}${path}token`,
      jwks_uri: `${issuer}${path}keys`,
      userinfo_endpoint: `${issuer}${path}userinfo`,
      end_session_endpoint: `${issuer}${path}logout`,
    })
  })

  it('publishes no private key, and each company signs with its own', async () => {
    const keys = await Promise.all(
      ['porter', 'white-rabbit'].map(async (slug) => (await fetch((await discover(slug)).jwks_uri)).json()),
    )
    expect(JSON.stringify(keys)).not.toMatch(/"d":|"p":/)
    expect(keys[0].keys[0].kid).not.toBe(keys[1].keys[0].kid)
  })
})

describe('sign-in', () => {
  it.each([
    ['porter', OLIVIA, 'basic'],
    ['white-rabbit', 'wanda@whiterabbit.example', 'post'],
  ] as const)('%s: authorization code with PKCE, and the claims of %s', async (slug, login, authentication) => {
    const done = await signIn(browser(), slug, login)
    expect(`${done.url.origin}${done.url.pathname}`).toBe(orgOf(slug).redirectUris[0])
    expect(done.url.searchParams.get('state')).toBe('the-state')
    const { payload, userinfo } = await exchange(slug, done.url.searchParams.get('code') ?? '', authentication)
    const { id } = await personOf(slug, login)
    expect(payload).toMatchObject({
      sub: id,
      nonce: 'the-nonce',
      email: login,
      preferred_username: login,
      acr: 'urn:okta:loa:1fa:any',
      amr: ['pwd'],
      auth_time: expect.any(Number),
    })
    expect(userinfo).toMatchObject({ sub: id, email: login, name: expect.any(String) })
  })

  it('lists the active people as buttons, escaped, the hinted one first', async () => {
    await bed.api('POST', '/orgs/porter/people', { firstName: '<b>Eve', lastName: 'Zed', login: 'eve@porter.example' })
    const { html, status } = await browser().visit(await authorizeUrl('porter', { login_hint: 'eve@porter.example' }))
    expect(status).toBe(200)
    const logins = [...html.matchAll(/<button type="submit" name="login" value="([^"]+)"/g)].map((match) => match[1])
    expect(logins[0]).toBe('eve@porter.example')
    expect(logins).toContain(OLIVIA)
    expect(html).not.toContain('<b>Eve')
    expect(html).not.toContain('<script')
  })

  it('keeps the Okta session: the second request passes without a page', async () => {
    const tab = browser()
    await signIn(tab, 'porter', OLIVIA)
    expect((await tab.visit(await authorizeUrl('porter'))).url.searchParams.get('code')).toBeTruthy()
  })

  it.each([{ prompt: 'login' }, { max_age: '0' }, { acr_values: 'urn:okta:loa:2fa:any' }])(
    '%j asks again in a live session',
    async (extra: Record<string, string>) => {
      const tab = browser()
      await signIn(tab, 'porter', OLIVIA)
      const asked = await tab.visit(await authorizeUrl('porter', extra))
      expect(asked.html).toContain('Sign in to Porter')
      const done = await tab.visit(asked.url.href, { login: OLIVIA })
      const { payload } = await exchange('porter', done.url.searchParams.get('code') ?? '')
      expect(payload.acr).toBe(extra.acr_values ?? 'urn:okta:loa:1fa:any')
      expect(Number(payload.auth_time)).toBeGreaterThanOrEqual(Date.now() / 1000 - 5)
    },
  )

  it('lets another person sign in over a live session, without scripts', async () => {
    await bed.api('POST', '/orgs/porter/people/max.member@porter.example/assign')
    const tab = browser()
    await signIn(tab, 'porter', OLIVIA)
    const done = await signIn(tab, 'porter', 'max.member@porter.example', { prompt: 'login' })
    const { payload } = await exchange('porter', done.url.searchParams.get('code') ?? '')
    expect(payload.email).toBe('max.member@porter.example')
    await bed.api('POST', '/orgs/porter/people/max.member@porter.example/unassign')
  })

  it('refuses a request without PKCE, and an unknown redirect address stays at Okta', async () => {
    const plain = await browser().visit(await authorizeUrl('porter', { code_challenge: '', code_challenge_method: '' }))
    expect(plain.url.searchParams.get('error')).toBe('invalid_request')
    const foreign = await browser().visit(await authorizeUrl('porter', { redirect_uri: 'http://localhost:1/callback' }))
    expect(foreign.status).toBe(400)
    expect(foreign.html).toContain('invalid_redirect_uri')
  })

  it('says when a sign-in has expired, and refuses a form from another site', async () => {
    expect((await browser().visit(`${orgOf('porter').issuer}/signin/long-gone`)).html).toContain('has expired')
    const page = await browser().visit(await authorizeUrl('porter'))
    const body = new URLSearchParams({ login: OLIVIA })
    const crossSite = await fetch(page.url, { method: 'POST', headers: { origin: 'http://evil.example' }, body })
    expect(crossSite.status).toBe(403)
  })
})

describe('who may not', () => {
  it.each([
    ['deactivate', 'activate', 'deactivated'],
    ['suspend', 'unsuspend', 'suspended'],
  ])('%s stops sign-in and ends the Okta session', async (action, undo, word) => {
    const tab = browser()
    await signIn(tab, 'porter', OLIVIA)
    await bed.api('POST', `/orgs/porter/people/${OLIVIA}/${action}`)
    const asked = await tab.visit(await authorizeUrl('porter'))
    expect(asked.html).not.toContain(`value="${OLIVIA}" class`)
    const refused = await tab.visit(asked.url.href, { login: OLIVIA })
    expect(refused.status).toBe(403)
    expect(refused.html).toContain(`Olivia Owner is ${word} in Okta and cannot sign in.`)
    await bed.api('POST', `/orgs/porter/people/${OLIVIA}/${undo}`)
  })

  it('nobody of that name', async () => {
    const refused = await signIn(browser(), 'porter', 'wanda@whiterabbit.example')
    expect(refused.html).toContain('Nobody at Porter has the sign-in name')
  })

  it("people who are not assigned get Okta's refusal, unless the company's switch is off", async () => {
    const tab = browser()
    const refused = await signIn(tab, 'porter', 'max.member@porter.example')
    expect(Object.fromEntries(refused.url.searchParams)).toMatchObject({
      error: 'access_denied',
      error_description: 'User is not assigned to the client application.',
      state: 'the-state',
    })
    expect((await tab.visit(await authorizeUrl('porter'))).url.searchParams.get('error')).toBe('access_denied')
    await bed.api('PUT', '/orgs/porter/settings', { enforceAssignment: false })
    expect((await tab.visit(await authorizeUrl('porter'))).url.searchParams.get('code')).toBeTruthy()
    await bed.api('PUT', '/orgs/porter/settings', { enforceAssignment: true })
  })
})

describe('sign-out and restart', () => {
  it('ends the session without a question and returns to a registered address', async () => {
    const tab = browser()
    const done = await signIn(tab, 'porter', OLIVIA)
    const { idToken } = await exchange('porter', done.url.searchParams.get('code') ?? '')
    const logout = new URL((await discover('porter')).end_session_endpoint)
    const back = orgOf('porter').postLogoutRedirectUris[0] ?? ''
    logout.search = new URLSearchParams({
      id_token_hint: idToken,
      post_logout_redirect_uri: back,
      state: 's1',
    }).toString()
    expect((await tab.visit(logout.href)).url.href).toBe(`${back}?state=s1`)
    expect((await tab.visit(await authorizeUrl('porter'))).html).toContain('Sign in to Porter')
    logout.searchParams.set('post_logout_redirect_uri', 'http://localhost:1/elsewhere')
    const refused = await tab.visit(logout.href)
    expect(refused.status).toBe(400)
    expect(refused.html).toContain('post_logout_redirect_uri not registered')
  })

  it('a restart keeps keys and Okta sessions', async () => {
    const tab = browser()
    await signIn(tab, 'porter', OLIVIA)
    const before = await (await fetch((await discover('porter')).jwks_uri)).text()
    await bed.restart()
    expect(await (await fetch((await discover('porter')).jwks_uri)).text()).toBe(before)
    expect((await tab.visit(await authorizeUrl('porter'))).url.searchParams.get('code')).toBeTruthy()
  })
})

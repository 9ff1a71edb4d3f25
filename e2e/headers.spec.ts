import { it } from 'vitest'
import { signedIn, withBrowser } from './browser'
import { expect } from './expect'
import { appUrl, porter } from './fixtures'
import { scimAt } from './scim-client'

const newContext = withBrowser()

const open = ['/', '/sign-in', '/sign-in/porter', '/denied?org=porter', '/recover/nothing', '/nothing-here']
const inside = ['/orgs/porter', '/orgs/porter/team', '/orgs/porter/admin/users', '/orgs/porter/admin/events']

/** The directives of a policy by name. */
function policyOf(header: string | undefined): Record<string, string[]> {
  const parts = (header ?? '').split(';').map((part) => part.trim().split(/\s+/))
  return Object.fromEntries(parts.map(([name = '', ...values]) => [name, values]))
}

it('every page is sent with a nonce of its own, is kept by nobody and framed by nobody', async () => {
  const context = await newContext()
  await signedIn(context, porter, porter.people.owner)
  const nonces = new Set<string>()
  for (const path of [...open, ...inside, ...inside]) {
    const answer = await context.request.get(path)
    const headers = answer.headers()
    const policy = policyOf(headers['content-security-policy'])
    const nonce = policy['script-src']?.find((value) => value.startsWith("'nonce-"))?.slice(7, -1) ?? ''
    expect(nonce.length, path).toBeGreaterThan(15)
    nonces.add(nonce)
    expect(policy['script-src'], path).not.toContain("'unsafe-inline'")
    expect(policy['script-src'], path).not.toContain("'unsafe-eval'")
    expect(policy['frame-ancestors'], path).toEqual(["'none'"])
    expect(policy['object-src'] ?? policy['default-src'], path).toEqual(["'none'"])
    expect(policy['base-uri'], path).toEqual(["'none'"])
    expect(headers['cache-control'], path).toContain('no-store')
    expect(headers['x-content-type-options'], path).toBe('nosniff')
    expect(headers['referrer-policy'], path).toMatch(/^(same-origin|no-referrer|strict-origin)/)
    expect(headers['x-powered-by'], path).toBeUndefined()
    const scripts = (await answer.text()).match(/<script[^>]*>/g) ?? []
    expect(scripts.length, path).toBeGreaterThan(0)
    expect(
      scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      path,
    ).toEqual([])
  }
  expect(nonces.size).toBe(open.length + 2 * inside.length)
})

it('what programs read is kept by nobody either', async () => {
  const context = await newContext()
  await signedIn(context, porter, porter.people.admin)
  for (const path of [
    '/api/me',
    '/api/health',
    '/api/orgs/porter/events',
    '/api/orgs/white-rabbit/events',
    '/api/nothing',
  ]) {
    const headers = (await context.request.get(path)).headers()
    expect(headers['cache-control'], path).toContain('no-store')
    expect(headers['x-content-type-options'], path).toBe('nosniff')
    expect(headers['content-type'], path).toContain('application/json')
  }
  const scim = scimAt(porter.scim, porter.scimToken)
  for (const path of ['/Users', '/Users/nobody', '/ServiceProviderConfig']) {
    const { headers } = await scim('GET', path)
    expect(headers.get('cache-control'), path).toContain('no-store')
    expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    expect(headers.get('content-type'), path).toContain('application/scim+json')
    expect(headers.get('set-cookie'), path).toBeNull()
  }
})

it('session cookies are for this host and for http alone', async () => {
  const context = await newContext()
  await signedIn(context, porter, porter.people.member)
  const cookies = (await context.cookies(appUrl)).filter(({ name }) => name.startsWith('rollcall.'))
  expect(cookies.map(({ name }) => name)).toEqual(['rollcall.porter.session'])
  expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', domain: 'localhost' })
})

it('a form sent from another site changes nothing', async () => {
  const context = await newContext()
  await signedIn(context, porter, porter.people.member)
  const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  for (const path of ['/sign-out/porter', '/sign-in/porter/start', '/sign-in/start', '/recover/x/open']) {
    const answer = await context.request.post(path, { headers, form: { email: porter.people.member }, maxRedirects: 0 })
    expect([path, answer.status()]).toEqual([path, 403])
  }
  expect((await context.request.get('/api/me?org=porter')).status()).toBe(200)
})

import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connections, idpLinks, orgs } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import type { TestOrg } from '@/db/test-orgs'
import { createUser } from '@/lib/directory/scim-users'
import { listEvents } from '@/lib/events/query'
import { cookieName } from './cookies'
import { explainDenial } from './denied'
import { sessionsOf } from './me'
import { beginSignIn, finishSignIn, type Start } from './sign-in'
import { hire, scimOf, startBed } from './test/bed'
import { cookieBrowser } from './test/browser'
import type { Answer, TestIssuer } from './test/issuer'

let bed: Awaited<ReturnType<typeof startBed>>
let okta: TestIssuer
let porter: TestOrg
let rabbit: TestOrg
let browser: ReturnType<typeof cookieBrowser>

beforeAll(async () => {
  bed = await startBed()
  ;({ okta, porter, rabbit } = bed)
})
beforeEach(() => {
  browser = cookieBrowser()
})
afterAll(() => bed.close())

const begin = async (org: TestOrg, start: Start = {}) =>
  browser.keep(await beginSignIn(browser.request(`/sign-in/${org.slug}/start`), org.slug, start))

const stateIn = (address: string) => new URL(address).searchParams.get('state') ?? ''

/** Back from Okta with what it was told to answer. Returns where that leads. */
async function finish(org: TestOrg, address: string, answer: Answer, more: Record<string, string> = {}) {
  const code = await okta.authorize(address, answer)
  const params = new URLSearchParams({ code, state: stateIn(address), ...more })
  return browser.keep(await finishSignIn(browser.request(`/api/auth/callback/okta-${org.slug}?${params}`), org.slug))
}

const signIn = async (org: TestOrg, answer: Answer, more?: Record<string, string>) =>
  finish(org, await begin(org), answer, more)

const held = async () => (await sessionsOf(browser.cookies())).map(({ orgSlug, userId }) => ({ orgSlug, userId }))
const home = (org: TestOrg) => `http://localhost:3000/orgs/${org.slug}`
const denied = (org: TestOrg) => `http://localhost:3000/denied?org=${org.slug}`
const set = (org: TestOrg, signIn: 'on' | 'off') =>
  withOrg(org.orgId, (tx) => tx.update(connections).set({ signIn }).where(eq(connections.orgId, org.orgId)))

describe('a sign-in', () => {
  test('asks Okta with state, nonce and PKCE, and opens one session', async () => {
    const { id, sub } = await hire(porter)
    const address = await begin(porter)
    expect([...new URL(address).searchParams.keys()].sort()).toEqual([
      'client_id',
      'code_challenge',
      'code_challenge_method',
      'nonce',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
    ])
    expect(new URL(address).searchParams.get('scope')).toBe('openid email profile')
    expect(await finish(porter, address, { claims: { sub } }, { iss: okta.issuer })).toBe(home(porter))
    expect(await held()).toEqual([{ orgSlug: porter.slug, userId: id }])
    expect(Object.keys(browser.cookies())).toEqual([cookieName(porter.slug, 'session')])
  })

  test('takes an ID token signed with ES256 as well, whatever the discovery document lists', async () => {
    const { id, sub } = await hire(porter)
    expect(await signIn(porter, { sign: 'ES256', claims: { sub } }, { iss: okta.issuer })).toBe(home(porter))
    expect(await held()).toEqual([{ orgSlug: porter.slug, userId: id }])
  })

  test.each<[string, Answer, RegExp]>([
    ['nobody signed', { sign: 'none' }, /could not sign you in/],
    ['the client secret signed (HS256)', { sign: 'HS256' }, /could not sign you in/],
    ['another key signed', { sign: 'other key' }, /could not sign you in/],
    ['a key of another kind signed', { sign: 'other kind' }, /could not sign you in/],
    ['a published key signed it with RS512', { sign: 'RS512' }, /could not sign you in/],
    ['a published key signed it with EdDSA', { sign: 'EdDSA' }, /could not sign you in/],
    ['it is for another client', { claims: { aud: 'another' } }, /could not sign you in/],
    ['it is another issuer’s', { claims: { iss: 'https://evil.example' } }, /somewhere else/],
    ['it is almost the issuer’s', { claims: { iss: 'slash' } }, /somewhere else/],
    ['discovery names another issuer', { discovered: 'https://evil.example' }, /somewhere else/],
    ['its nonce is another', { claims: { nonce: 'another' } }, /too old/],
    ['its nonce is another, under ES256', { sign: 'ES256', claims: { nonce: 'another' } }, /too old/],
    ['it is for another client, under ES256', { sign: 'ES256', claims: { aud: 'another' } }, /could not sign you in/],
    ['it has no nonce', { claims: { nonce: undefined } }, /too old/],
    ['it has expired', { claims: { iat: 1_700_000_000, exp: 1_700_000_600 } }, /could not sign you in/],
    ['it has no sub', { claims: { sub: undefined } }, /could not sign you in|somewhere else/],
    ['Okta refuses the client', { error: 'invalid_client' }, /refused Rollcall/],
    ['the code is used up', { error: 'invalid_grant' }, /too old/],
  ])('is refused when of the ID token %s', async (_, answer, title) => {
    const { sub } = await hire(porter)
    const claims = { sub, ...answer.claims, ...(answer.claims?.iss === 'slash' ? { iss: `${okta.issuer}/` } : {}) }
    expect(await signIn(porter, { ...answer, claims })).toBe(denied(porter))
    expect(await held()).toEqual([])
    expect((await explainDenial(porter.slug, browser.cookies()))?.title).toMatch(title)
  })

  test('is refused when the answer names another issuer (RFC 9207), and the log says so', async () => {
    const { sub } = await hire(porter)
    expect(await signIn(porter, { claims: { sub } }, { iss: `${okta.issuer}/` })).toBe(denied(porter))
    expect(await held()).toEqual([])
    const { events } = await listEvents(porter.orgId, { types: ['signin.refused'], limit: 1 })
    expect(events[0]?.error?.scimType).toBe('wrong_issuer')
  })

  test('is refused, at both ends, while the connection’s sign-in is off', async () => {
    const { sub } = await hire(porter)
    const address = await begin(porter)
    await set(porter, 'off')
    expect(await finish(porter, address, { claims: { sub } })).toBe(denied(porter))
    expect(await begin(porter)).toBe(denied(porter))
    expect(await begin(porter, { issuer: okta.issuer })).toBe(denied(porter))
    expect((await explainDenial(porter.slug, browser.cookies()))?.title).toBe('Sign-in is off or not set up')
    await set(porter, 'on')
    expect(await signIn(porter, { claims: { sub } })).toBe(home(porter))
  })

  test.each(['', '/', '?', '#', '/.well-known', ' '])(
    'a tile’s issuer with %j behind it is another one',
    async (more) => {
      expect(await begin(porter, { issuer: okta.issuer + more })).toMatch(
        more === '' ? `${okta.issuer}/v1/authorize` : denied(porter),
      )
    },
  )

  test.each([
    ['/orgs/SLUG/team?x=1', '/orgs/SLUG/team?x=1'],
    ['//evil.example/orgs/SLUG', '/orgs/SLUG'],
    ['/\\evil.example', '/orgs/SLUG'],
    ['\t//evil.example', '/orgs/SLUG'],
    ['https://evil.example/orgs/SLUG/team', '/orgs/SLUG'],
    ['http://localhost:3000@evil.example/orgs/SLUG', '/orgs/SLUG'],
    ['javascript:alert(1)', '/orgs/SLUG'],
    ['/orgs/SLUG/../another/admin', '/orgs/SLUG'],
    ['/orgs/SLUG-2/admin', '/orgs/SLUG'],
  ])('that wanted %j leads to our own page %j', async (from, to) => {
    const { sub } = await hire(porter)
    const own = (text: string) => text.replace('SLUG', porter.slug)
    const address = await begin(porter, { from: own(from) })
    expect(await finish(porter, address, { claims: { sub } })).toBe(`http://localhost:3000${own(to)}`)
  })

  test('creates somebody only where the org wants that (JIT)', async () => {
    const email = `new@${porter.domain}`
    const claims = { sub: '00uNew', email, given_name: 'Nora', family_name: 'New' }
    expect(await signIn(porter, { claims })).toBe(denied(porter))
    const jit = (on: boolean) =>
      withOrg(porter.orgId, (tx) => tx.update(orgs).set({ jit: on }).where(eq(orgs.orgId, porter.orgId)))
    await jit(true)
    expect(await signIn(porter, { claims })).toBe(home(porter))
    await jit(false)
    expect(await held()).toHaveLength(1)
    // Made once, known from then on.
    expect(await signIn(porter, { claims })).toBe(home(porter))
  })
})

describe('email_verified', () => {
  const free = async (domain: string) => {
    const email = `free${++made}@${domain}`
    await createUser(scimOf(porter), { userName: email, emails: [{ value: email, type: 'work', primary: true }] })
    return { sub: `00uFree${made}`, email }
  }
  let made = 0

  test.each([true, 'true', false, undefined])(
    '%j links nobody by an address of a domain nobody verified',
    async (said) => {
      expect(await signIn(porter, { claims: { ...(await free('gmail.example')), email_verified: said } })).toBe(
        denied(porter),
      )
      expect(await held()).toEqual([])
    },
  )

  test.each([true, false, undefined])('%j changes nothing where the company’s own domain is verified', async (said) => {
    expect(await signIn(porter, { claims: { ...(await free(porter.domain)), email_verified: said } })).toBe(
      home(porter),
    )
  })
})

describe('several sign-ins in one browser', () => {
  test('a session of another org lives on, and nothing of the two is linked', async () => {
    const [john, wanda] = [await hire(porter), await hire(rabbit)]
    await signIn(porter, { claims: { sub: john.sub } })
    expect(await signIn(rabbit, { claims: { sub: wanda.sub, email: john.userName } })).toBe(home(rabbit))
    expect(await held()).toEqual([
      { orgSlug: porter.slug, userId: john.id },
      { orgSlug: rabbit.slug, userId: wanda.id },
    ])
    const links = (org: TestOrg, userId: string) =>
      withOrg(org.orgId, (tx) => tx.select().from(idpLinks).where(eq(idpLinks.userId, userId)))
    expect(await links(porter, john.id)).toMatchObject([{ sub: john.sub }])
    expect(await links(rabbit, wanda.id)).toMatchObject([{ sub: wanda.sub }])
    expect(await links(rabbit, john.id)).toEqual([])
  })

  test('somebody of the other org is refused while that org’s session lives', async () => {
    const john = await hire(porter)
    await signIn(porter, { claims: { sub: john.sub } })
    expect(await signIn(rabbit, { claims: { sub: john.sub, email: john.userName } })).toBe(denied(rabbit))
    expect(await held()).toEqual([{ orgSlug: porter.slug, userId: john.id }])
    expect((await explainDenial(rabbit.slug, browser.cookies()))?.title).toBe('This account belongs to another company')
  })

  test('one org’s answer is nothing at the other’s address', async () => {
    const john = await hire(porter)
    const [address] = [await begin(porter), await begin(rabbit)]
    const code = await okta.authorize(address, { claims: { sub: john.sub } })
    const path = `/api/auth/callback/okta-${rabbit.slug}?${new URLSearchParams({ code, state: stateIn(address) })}`
    expect(browser.keep(await finishSignIn(browser.request(path), rabbit.slug))).toBe(denied(rabbit))
    expect(await held()).toEqual([])
  })

  test('two at once, of two orgs and of one, each come through in any order', async () => {
    const [john, jane, wanda] = [await hire(porter), await hire(porter), await hire(rabbit)]
    const first = await begin(porter, { from: `${home(porter)}/team` })
    const second = await begin(rabbit)
    const third = await begin(porter)
    expect(await finish(porter, first, { claims: { sub: john.sub } })).toBe(`${home(porter)}/team`)
    expect(await held()).toEqual([{ orgSlug: porter.slug, userId: john.id }])
    expect(await finish(porter, third, { claims: { sub: jane.sub } })).toBe(home(porter))
    expect(await finish(rabbit, second, { claims: { sub: wanda.sub } })).toBe(home(rabbit))
    expect(await held()).toEqual([
      { orgSlug: porter.slug, userId: jane.id },
      { orgSlug: rabbit.slug, userId: wanda.id },
    ])
  })

  test('those left lying make room for new ones', async () => {
    const { sub } = await hire(porter)
    const addresses = []
    for (let i = 0; i < 5; i++) addresses.push(await begin(porter))
    expect(Object.keys(browser.cookies())).toHaveLength(3 * 4)
    expect(await finish(porter, addresses[0] ?? '', { claims: { sub } })).toBe(denied(porter))
    expect(await finish(porter, addresses[3] ?? '', { claims: { sub } })).toBe(home(porter))
  })
})

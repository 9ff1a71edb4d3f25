import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { idpLinks, sessions, users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { createUser, patchUser, type ScimWrite } from '@/lib/directory/scim-users'
import { type EventDetail, getEvent, listEvents } from '@/lib/events/query'
import { ISSUER_UNREADABLE } from '@/lib/guarded-fetch'
import { getConnection, putConnection } from '@/lib/orgs/connections'
import { updateSettings } from '@/lib/orgs/settings'
import { shutdown } from '@/lib/process'
import { setEnvironment } from '@/lib/test-process'
import { admit } from './admit'
import { createSession, newSessionToken } from './create-session'
import { readSession, type Viewer } from './session'
import { cookieBrowser } from './test/browser'
import { type Answer, startIssuer, type TestIssuer } from './test/issuer'
import { beginConnectionTest, finishConnectionTest } from './test-connection'

let okta: TestIssuer
let org: TestOrg
let viewer: Viewer
let browser: ReturnType<typeof cookieBrowser>
const client = { clientId: 'client', clientSecret: 'secret' }

beforeAll(async () => {
  okta = await startIssuer()
  setEnvironment({ ROLLCALL_ISSUER_ALLOW: new URL(okta.issuer).origin, ROLLCALL_LIMIT_CONNECTION_TESTS: '100' })
})
afterAll(async () => {
  okta.close()
  await shutdown()
})
beforeEach(async () => {
  org = await makeTestOrg('Porter')
  await putConnection(org.orgId, { issuer: okta.issuer, ...client })
  browser = cookieBrowser()
  viewer = await viewerOf(await hire('00uAdmin'))
})

const write = (): ScimWrite => ({ org, actor: { kind: 'okta', tokenId: 't' }, options: { mode: 'okta' } })
async function hire(sub: string) {
  const userName = `${sub.toLowerCase()}@${org.domain}`
  const emails = [{ value: userName, primary: true }]
  const { row } = await createUser(write(), { userName, displayName: `Name ${sub}`, externalId: sub, emails })
  return { id: row.id, sub, email: userName }
}

async function viewerOf({ sub }: { sub: string }): Promise<Viewer> {
  const found = await admit(org, { issuer: okta.issuer, sub, email: null })
  if (found.kind !== 'admitted') throw new Error(found.reason)
  const token = newSessionToken(org.orgId)
  await createSession(org.orgId, { token, userId: found.userId, epoch: found.epoch, kind: 'okta' })
  const state = await readSession(org.slug, token)
  if (state.kind !== 'live') throw new Error(state.kind)
  return state.viewer
}

const back = (params: Record<string, string>) =>
  browser.request(`/api/orgs/${org.slug}/test-connection/callback?${new URLSearchParams(params)}`)
const begin = async () => browser.keep(await beginConnectionTest(browser.request('/'), viewer))
const stateOf = (address: string) => new URL(address).searchParams.get('state') ?? ''

/** The whole round trip; `answer` is what Okta says. */
async function trip(answer: Answer = {}): Promise<EventDetail> {
  const address = await begin()
  const code = await okta.authorize(address, answer)
  return resultOf(browser.keep(await finishConnectionTest(back({ code, state: stateOf(address) }), viewer)))
}

async function resultOf(location: string): Promise<EventDetail> {
  const url = new URL(location)
  expect(url.pathname).toBe(`/orgs/${org.slug}/admin/settings/sign-in`)
  const event = await getEvent(org.orgId, url.searchParams.get('test') ?? '')
  if (!event) throw new Error(`no event: ${location}`)
  return event
}

const steps = (event: EventDetail) => (event.trace ?? []).map(({ step, outcome }) => `${step} ${outcome}`)
const last = (event: EventDetail) => event.trace?.at(-1)

const rowsNow = () =>
  withOrg(org.orgId, async (tx) => {
    const live = await tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.orgId, org.orgId))
    const links = await tx.select().from(idpLinks).where(eq(idpLinks.orgId, org.orgId))
    const people = await tx.select().from(users).where(eq(users.orgId, org.orgId))
    return { live, links, people }
  })

test('a connection that works: every step, the claims and whom they match, and no session, link or person', async () => {
  const john = await hire('00uJohn')
  const before = await rowsNow()
  const event = await trip({ claims: { sub: john.sub, email: john.email, name: 'John Doe' } })
  expect(event).toMatchObject({ type: 'connection.tested', outcome: 'success', actorId: viewer.userId, error: null })
  expect(steps(event)).toEqual(['issuer ok', 'keys ok', 'client ok', 'redirect ok', 'token ok', 'match ok'])
  expect(last(event)?.text).toMatch(/^Would sign in Name 00uJohn\. Found by externalId/)
  expect(event.response).toMatchObject({ claims: { sub: john.sub, email: john.email, iss: okta.issuer } })
  expect(JSON.stringify(event)).not.toMatch(/"nonce":"(?!\[redacted\])/)
  expect(await rowsNow()).toEqual(before)
  expect((await getConnection(org.orgId))?.testedAt).toBeInstanceOf(Date)
})

test.each([
  ['somebody unknown, JIT off', {}, false, 'match skipped', /^Would let nobody in.*JIT is off/],
  ['somebody unknown, JIT on', {}, true, 'match ok', /^Would add new@.* \(JIT\)/],
])('%s', async (_name, claims, jit, step, text) => {
  const actor = { kind: 'system' } as const
  await updateSettings({ org, actor }, { jit })
  const event = await trip({ claims: { sub: '00uNew', email: `new@${org.domain}`, ...claims } })
  expect(event.outcome).toBe('success')
  expect(steps(event).at(-1)).toBe(step)
  expect(last(event)?.text).toMatch(text)
})

test('somebody deactivated is named as such', async () => {
  const gone = await hire('00uGone')
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
  await patchUser(write(), gone.id, { schemas, Operations: [{ op: 'replace', value: { active: false } }] })
  const event = await trip({ claims: { sub: gone.sub } })
  expect(last(event)?.text).toMatch(/^Would let nobody in.*deactivated/)
})

test('a wrong secret ends the test before anybody is sent to Okta', async () => {
  await putConnection(org.orgId, { issuer: okta.issuer, clientId: 'client', clientSecret: 'wrong' })
  const event = await resultOf(await begin())
  expect(steps(event)).toEqual(['issuer ok', 'keys ok', 'client failed'])
  expect(event).toMatchObject({ outcome: 'failed', error: { scimType: 'client' } })
  expect(last(event)?.text).toMatch(/refuses the client id or the secret/)
  expect((await getConnection(org.orgId))?.testedAt).toBeNull()
})

test.each([
  'http://localhost:9/oauth2/x',
  'https://127.0.0.1',
  'https://169.254.169.254/latest',
  'https://acme-admin.okta.com',
])('an issuer that cannot be used fails by the one message: %s', async (issuer) => {
  await putConnection(org.orgId, { issuer, ...client })
  const event = await resultOf(await begin())
  expect(event.trace).toEqual([{ step: 'issuer', outcome: 'failed', text: ISSUER_UNREADABLE }])
})

const broken: [string, Answer, RegExp][] = [
  ['another nonce', { claims: { sub: '00uAdmin', nonce: 'x' } }, /nonce/],
  ['another key', { sign: 'other key', claims: { sub: '00uAdmin' } }, /signature/],
  ['no signature', { sign: 'none', claims: { sub: '00uAdmin' } }, /could not be turned/],
  ['HS256', { sign: 'HS256', claims: { sub: '00uAdmin' } }, /could not be turned/],
  ['another audience', { claims: { sub: '00uAdmin', aud: 'other' } }, /audience/],
  ['another issuer', { claims: { sub: '00uAdmin', iss: 'https://other' } }, /issuer/],
  ['an error of the token endpoint', { error: 'invalid_grant' }, /invalid_grant: As told/],
]
test.each(broken)('an ID token with %s fails the step that says so', async (_name, answer, words) => {
  const event = await trip(answer)
  expect(steps(event).slice(-2)).toEqual(['redirect ok', 'token failed'])
  expect(last(event)?.text).toMatch(words)
  expect(event.outcome).toBe('failed')
})

test('what Okta answers instead of a code is told', async () => {
  const state = stateOf(await begin())
  const params = { state, error: 'access_denied', error_description: 'User is not assigned to the client application.' }
  const event = await resultOf(browser.keep(await finishConnectionTest(back(params), viewer)))
  expect(steps(event).at(-1)).toBe('redirect failed')
  expect(last(event)?.text).toMatch(/access_denied: User is not assigned.*\. Assign whoever tests it/)
})

test('an answer of another issuer (RFC 9207) is not used', async () => {
  const address = await begin()
  const code = await okta.authorize(address, { claims: { sub: '00uAdmin' } })
  const params = { code, state: stateOf(address), iss: 'https://other.okta.com' }
  const event = await resultOf(browser.keep(await finishConnectionTest(back(params), viewer)))
  expect(steps(event).at(-1)).toBe('redirect failed')
})

test('an answer nobody waits for is none: another state, another session, a second time', async () => {
  const address = await begin()
  const code = await okta.authorize(address, { claims: { sub: '00uAdmin' } })
  const stale = `/orgs/${org.slug}/admin/settings/sign-in?test=stale`
  const answer = async (state: string, who: Viewer) =>
    (await finishConnectionTest(back({ code, state }), who)).headers.get('location')
  expect(await answer('other', viewer)).toContain(stale)
  expect(await answer(stateOf(address), await viewerOf({ sub: '00uAdmin' }))).toContain(stale)
  expect(browser.keep(await finishConnectionTest(back({ code, state: stateOf(address) }), viewer))).toContain(
    'test=evt_',
  )
  expect(await answer(stateOf(address), viewer)).toContain(stale)
  const tests = await listEvents(org.orgId, { types: ['connection.tested'] })
  expect(tests.events).toHaveLength(1)
})

test('the admin’s own session goes on, and theirs is the only one', async () => {
  await trip({ claims: { sub: '00uAdmin' } })
  const rows = await withOrg(org.orgId, (tx) =>
    tx
      .select({ id: sessions.id, endedAt: sessions.endedAt })
      .from(sessions)
      .where(and(eq(sessions.orgId, org.orgId), eq(sessions.userId, viewer.userId))),
  )
  expect(rows).toEqual([{ id: viewer.sessionId, endedAt: null }])
})

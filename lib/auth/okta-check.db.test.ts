import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connections, scimTokens } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { listEvents } from '@/lib/events/query'
import { putConnection } from '@/lib/orgs/connections'
import { shutdown } from '@/lib/process'
import { mount } from '@/lib/scim-api/test/mount'
import { setEnvironment } from '@/lib/test-process'
import { oktaAddresses } from './okta-addresses'
import { checkOkta } from './okta-check'
import { startIssuer, type TestIssuer } from './test/issuer'

let okta: TestIssuer
let org: TestOrg
const other: { page: string | null } = { page: null }
const app = createServer((req, res) => {
  if (other.page === null) return void getRequestListener((request) => mount.fetch(request))(req, res)
  res.writeHead(200, { 'content-type': 'text/html' }).end(other.page)
})
const client = { clientId: 'client', clientSecret: 'secret' }

beforeAll(async () => {
  await new Promise<void>((resolve) => app.listen(0, 'localhost', resolve))
  const address = app.address()
  okta = await startIssuer()
  setEnvironment({
    ROLLCALL_URL: `http://localhost:${typeof address === 'object' ? address?.port : 0}`,
    // Nobody listens at the second, and the guard lets requests go there.
    ROLLCALL_ISSUER_ALLOW: `${new URL(okta.issuer).origin},http://localhost:1`,
  })
})
afterAll(async () => {
  okta.close()
  app.close()
  app.closeAllConnections()
  await shutdown()
})
beforeEach(async () => {
  org = await makeTestOrg('Porter')
  await putConnection(org.orgId, { issuer: okta.issuer, ...client })
  await set({ scimState: 'active' })
  okta.registered.clear()
  for (const { url } of oktaAddresses(org.slug)) okta.registered.add(url)
  okta.clock.ahead = 0
  other.page = null
})

const set = (values: Partial<typeof connections.$inferInsert>) =>
  withOrg(org.orgId, (tx) => tx.update(connections).set(values).where(eq(connections.orgId, org.orgId)))

const check = (slug = org.slug) => checkOkta(slug)
const wrongIn = async () => (await check()).filter(({ outcome }) => outcome === 'failed').map(({ step }) => step)

test('a connection filled in rightly has nothing wrong, and what cannot be told is not called good', async () => {
  const findings = await check()
  expect(findings.filter(({ outcome }) => outcome === 'failed' || outcome === 'warn')).toEqual([
    expect.objectContaining({ step: 'SCIM token' }),
  ])
  expect(findings.filter(({ outcome }) => outcome === 'skipped').map(({ step }) => step)).toEqual([
    'Initiate login URI',
    'Logout endpoint URL',
    'Okta’s requests',
  ])
})

test('looking changes nothing: no event of it is in the company’s log', async () => {
  const before = await listEvents(org.orgId, { reads: true })
  await check()
  expect(await listEvents(org.orgId, { reads: true })).toEqual(before)
})

test('a company that is not there: one sentence, and how to make it', async () => {
  expect(await check('nobody-of-this-name')).toEqual([
    expect.objectContaining({ step: 'Company', outcome: 'failed', todo: expect.stringContaining('org:create') }),
  ])
})

describe('each fault is named, with what to do', () => {
  const port = () => new URL(okta.issuer).port
  const cases: [what: string, step: string, says: RegExp, make: () => unknown][] = [
    [
      'an issuer nobody listens at',
      'Issuer',
      /nothing listens there/,
      () => set({ issuer: okta.issuer.replace(port(), '1') }),
    ],
    ['an issuer with a slash too many', 'Issuer', /can be no issuer/, () => set({ issuer: `${okta.issuer}/` })],
    ['an issuer of another name', 'Issuer', /It calls itself/, () => set({ issuer: `${okta.issuer}2` })],
    [
      'a wrong client secret',
      'Client id and secret',
      /refuses the client id or the secret/,
      () => putConnection(org.orgId, { issuer: okta.issuer, clientId: 'client', clientSecret: 'another' }),
    ],
    [
      'a redirect URI Okta does not have',
      'Redirect, where Okta sends people who sign in',
      /Okta refuses http/,
      () => okta.registered.delete(oktaAddresses(org.slug)[0]?.url ?? ''),
    ],
    [
      'a sign-out URI Okta does not have',
      'Sign-out redirect URI',
      /Okta refuses http/,
      () => okta.registered.delete(oktaAddresses(org.slug)[3]?.url ?? ''),
    ],
    ['a clock that is wrong', 'Clock of Okta', /s behind Okta/, () => Object.assign(okta.clock, { ahead: 300 })],
    ['SCIM on pause', 'SCIM', /paused/, () => set({ scimState: 'paused' })],
    [
      'no live token',
      'SCIM token',
      /expired or were revoked/,
      () =>
        withOrg(org.orgId, (tx) =>
          tx.update(scimTokens).set({ revokedAt: new Date() }).where(eq(scimTokens.orgId, org.orgId)),
        ),
    ],
    [
      'something else at our address',
      'SCIM base URL',
      /answers 200/,
      () => Object.assign(other, { page: '<h1>Hi</h1>' }),
    ],
  ]
  test.each(cases)('%s', async (_, step, says, make) => {
    await make()
    const findings = (await check()).filter(({ outcome }) => outcome === 'failed')
    expect(findings).toEqual([{ step, outcome: 'failed', text: expect.stringMatching(says), todo: expect.any(String) }])
  })
})

test('a client Okta does not know is said once, and no address is blamed for it', async () => {
  await putConnection(org.orgId, { issuer: okta.issuer, clientId: 'another', clientSecret: 'secret' })
  expect(await wrongIn()).toEqual(['Client id'])
})

test('an Okta on the internet cannot call an address of this machine', async () => {
  await set({ issuer: 'https://acme.okta.com' })
  expect(await wrongIn()).toContain('SCIM base URL')
})

test('a company without SCIM is no fault; one without sign-in settings is', async () => {
  await set({ scimState: 'off' })
  expect(await wrongIn()).toEqual([])
  await withOrg(org.orgId, (tx) => tx.delete(connections).where(eq(connections.orgId, org.orgId)))
  expect(await wrongIn()).toEqual(['Sign-in settings'])
})

test('SCIM set up before sign-in is looked at all the same', async () => {
  await set({ issuer: null, clientId: null, clientSecret: null, scimState: 'paused' })
  expect(await wrongIn()).toEqual(['Sign-in settings', 'SCIM', 'SCIM base URL'])
})

test('what Okta sent in vain is told with the answer it got', async () => {
  const path = `${process.env.ROLLCALL_URL}/scim/v2/${org.slug}/Users`
  const headers = { authorization: `Bearer ${org.token}`, 'content-type': 'application/scim+json' }
  const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify({ userName: '' }) })
  expect(answer.status).toBe(400)
  const told = (await check()).find(({ step }) => step === 'In the last 24 hours')
  expect(told).toMatchObject({ outcome: 'warn', text: expect.stringMatching(/^1 × /), todo: expect.any(String) })
})

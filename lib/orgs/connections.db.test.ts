import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connections, idpLinks, users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { open } from '@/lib/crypto'
import { createUser } from '@/lib/directory/scim-users'
import { getEvent, listEvents } from '@/lib/events/query'
import { ISSUER_UNREADABLE } from '@/lib/guarded-fetch'
import { once, shutdown } from '@/lib/process'
import { setEnvironment } from '@/lib/test-process'
import { getConnection, putConnection, reseal } from './connections'
import { saveConnection } from './save-connection'

let server: Server
let origin = ''
let document: (issuer: string) => unknown
const endpoints = (issuer: string, rest: Record<string, unknown> = {}) => ({
  issuer,
  authorization_endpoint: `${issuer}/v1/authorize`,
  token_endpoint: `${issuer}/v1/token`,
  jwks_uri: `${issuer}/v1/keys`,
  ...rest,
})

beforeAll(async () => {
  server = createServer((req, res) => {
    const path = (req.url ?? '').replace('/.well-known/openid-configuration', '')
    res.writeHead(200, { 'content-type': 'application/json' })
    res.end(JSON.stringify(document(`${origin}${path}`)))
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  setEnvironment({ ROLLCALL_ISSUER_ALLOW: origin, ROLLCALL_LIMIT_CONNECTION_TESTS: '100' })
  document = endpoints
})
afterAll(async () => {
  server.close()
  await shutdown()
})

const actor = { kind: 'user', id: '01900000-0000-7000-8000-000000000001', name: 'Ann' } as const
const ctx = (org: TestOrg) => ({ org, actor })
const rowOf = (orgId: string) =>
  withOrg(orgId, async (tx) => {
    const [row] = await tx.select().from(connections).where(eq(connections.orgId, orgId))
    if (!row) throw new Error('no connection')
    return row
  })
const changes = async (orgId: string) => (await listEvents(orgId, { types: ['connection.changed'] })).events

test('a connection is saved with its event; of the secret only the end and the time are known', async () => {
  const org = await makeTestOrg()
  const clientSecret = `${randomBytes(20).toString('hex')}k9Zq`
  const saved = await saveConnection(ctx(org), {
    issuer: `  ${origin}/oauth2/porter `,
    clientId: '0oa1',
    clientSecret,
  })
  if (!saved.ok || !saved.eventId) throw new Error(JSON.stringify(saved))
  const connection = await getConnection(org.orgId)
  expect(connection).toMatchObject({
    issuer: `${origin}/oauth2/porter`,
    clientId: '0oa1',
    clientSecret,
    clientSecretHint: 'k9Zq',
    testedAt: null,
  })
  const event = await getEvent(org.orgId, saved.eventId)
  expect(event?.diff).toEqual([
    { path: 'issuer', before: `https://${org.slug}.okta.com`, after: `${origin}/oauth2/porter` },
    { path: 'clientId', before: 'client', after: '0oa1' },
    { path: 'clientAuthentication', after: 'set anew' },
  ])
  expect(JSON.stringify(event)).not.toContain(clientSecret)
  expect((await rowOf(org.orgId)).clientSecret).not.toContain(clientSecret)
})

test('an empty secret keeps the one there is, and saving the same again records nothing', async () => {
  const org = await makeTestOrg()
  const { orgId } = org
  await putConnection(orgId, { issuer: `${origin}/oauth2/a`, clientId: 'a', clientSecret: 'kept-secret-of-the-org' })
  const before = await rowOf(orgId)
  expect(
    await saveConnection(ctx(org), { issuer: `${origin}/oauth2/a`, clientId: 'b', clientSecret: '' }),
  ).toMatchObject({
    ok: true,
  })
  expect(await getConnection(orgId)).toMatchObject({ clientId: 'b', clientSecret: 'kept-secret-of-the-org' })
  expect((await rowOf(orgId)).clientSecretSetAt).toEqual(before.clientSecretSetAt)
  const again = await saveConnection(ctx(org), { issuer: `${origin}/oauth2/a`, clientId: 'b', clientSecret: '' })
  expect(again).toEqual({ ok: true, eventId: null })
  expect(await changes(orgId)).toHaveLength(1)
})

test('the kept secret is never sent to an issuer of another origin', async () => {
  const org = await makeTestOrg()
  const saved = await saveConnection(ctx(org), { issuer: origin, clientId: 'client', clientSecret: '' })
  expect(saved).toMatchObject({ ok: false, fields: { clientSecret: expect.stringMatching(/other issuer/) } })
  expect((await getConnection(org.orgId))?.issuer).toBe(`https://${org.slug}.okta.com`)
  expect(await changes(org.orgId)).toHaveLength(0)
})

test.each([
  ['another issuer inside', () => endpoints(`${origin}/oauth2/other`)],
  ['the issuer with a slash', (issuer: string) => endpoints(`${issuer}/`)],
  ['keys elsewhere', (issuer: string) => endpoints(issuer, { jwks_uri: 'https://keys.example/keys' })],
  [
    'a token endpoint inside the network',
    (issuer: string) => endpoints(issuer, { token_endpoint: 'http://10.0.0.1/' }),
  ],
  ['no endpoints', (issuer: string) => ({ issuer })],
  ['a list', () => []],
])('a discovery document with %s is refused, by the one message', async (_name, made) => {
  const org = await makeTestOrg()
  document = made
  const saved = await saveConnection(ctx(org), { issuer: `${origin}/oauth2/x`, clientId: 'c', clientSecret: 's' })
  document = endpoints
  expect(saved).toEqual({ ok: false, fields: { issuer: ISSUER_UNREADABLE } })
  expect(await changes(org.orgId)).toHaveLength(0)
})

test('an issuer nobody answers for, and one inside the network, fail by the same words', async () => {
  const org = await makeTestOrg()
  for (const issuer of ['https://no-such-host.invalid', 'https://localhost.localdomain']) {
    const saved = await saveConnection(ctx(org), { issuer, clientId: 'c', clientSecret: 's' })
    expect(saved).toEqual({ ok: false, fields: { issuer: ISSUER_UNREADABLE } })
  }
})

test('every field that is wrong is named at once', async () => {
  const org = await makeTestOrg()
  const saved = await saveConnection(ctx(org), { issuer: 'okta', clientId: ' ', clientSecret: 'with space' })
  expect(saved).toMatchObject({
    ok: false,
    fields: { issuer: /https/, clientId: /client id/, clientSecret: /spaces/ },
  })
})

test('a changed issuer keeps sign-in links and sessions, and the event says how many links', async () => {
  const org = await makeTestOrg()
  const { orgId } = org
  const write = { org, actor: { kind: 'okta', tokenId: 't' } as const, options: { mode: 'okta' as const } }
  const { row } = await createUser(write, { userName: `a@${org.domain}`, externalId: '00u1' })
  await withOrg(orgId, (tx) =>
    tx.insert(idpLinks).values({ orgId, userId: row.id, issuer: 'https://old', sub: '00u1' }),
  )
  const saved = await saveConnection(ctx(org), { issuer: origin, clientId: 'c', clientSecret: 'new' })
  if (!saved.ok || !saved.eventId) throw new Error('not saved')
  const [links, people] = await withOrg(orgId, async (tx) => [
    await tx.select().from(idpLinks).where(eq(idpLinks.orgId, orgId)),
    await tx.select().from(users).where(eq(users.orgId, orgId)),
  ])
  expect(links).toHaveLength(1)
  expect(people[0]?.sessionEpoch).toBe(1)
  expect((await getEvent(orgId, saved.eventId))?.trace?.[0]?.text).toMatch(/^1 sign-in link of another issuer stay/)
})

test('an older key opens what it sealed, which is then sealed under the newest; the job does the same', async () => {
  const [one, two] = [makeTestOrg('First'), makeTestOrg('Second')]
  const orgs = [await one, await two]
  for (const { orgId } of orgs)
    await putConnection(orgId, { issuer: origin, clientId: 'c', clientSecret: 'old-secret' })
  const old = process.env.ROLLCALL_KEYS ?? ''
  const sealed = (await rowOf(orgs[0]?.orgId ?? '')).clientSecret
  const keys = once('crypto.keys', (): { current: string; of: unknown } => ({ current: '', of: null }))
  // As after a start with a newer key in front.
  const v2 = randomBytes(32)
  const { of } = keys
  if (typeof of !== 'function') throw new Error('no keys')
  Object.assign(keys, { current: 'v2', of: (v: string, p: string) => (v === 'v2' ? v2 : of(v, p)) })
  try {
    const [first, second] = orgs
    expect((await getConnection(first?.orgId ?? ''))?.clientSecret).toBe('old-secret')
    const anew = (await rowOf(first?.orgId ?? '')).clientSecret
    expect(anew).toMatch(/^v2\./)
    expect(open(anew ?? '', `${first?.orgId}|connections.client_secret`)).toBe('old-secret')
    expect(await reseal(second?.orgId ?? '')).toBe(true)
    expect(await reseal(second?.orgId ?? '')).toBe(false)
    expect((await getConnection(second?.orgId ?? ''))?.clientSecret).toBe('old-secret')
    expect(sealed).toMatch(/^v1\./)
  } finally {
    Object.assign(keys, { current: 'v1', of })
    process.env.ROLLCALL_KEYS = old
  }
})

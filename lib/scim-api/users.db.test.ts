import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { listEvents } from '@/lib/events/query'
import { shutdown } from '@/lib/process'
import { oktaUser, send, setActive } from './test/client'

let porter: TestOrg

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
})
afterAll(shutdown)

const lookup = (name: string) => `/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}&startIndex=1&count=100`
const newest = async () => (await listEvents(porter.orgId, { limit: 1 })).events[0]

test('Okta hires: look-up finds nobody, POST answers 201 with the person, the second POST 409 uniqueness', async () => {
  expect((await send(porter, 'GET', lookup('john.doe@porter.example'))).body).toMatchObject({ totalResults: 0 })
  const made = await send(porter, 'POST', '/Users', oktaUser('john.doe@porter.example'))
  expect(made.status).toBe(201)
  expect(made.headers.get('location')).toBe(`http://localhost:3000/scim/v2/${porter.slug}/Users/${made.body.id}`)
  expect(made.body).toMatchObject({
    userName: 'john.doe@porter.example',
    active: true,
    externalId: '00ujohn.doe@porter.example',
  })
  expect(JSON.stringify(made.body)).not.toContain('Passw0rd')
  expect(await newest()).toMatchObject({ type: 'user.created', outcome: 'success', targetName: 'John Doe' })
  const again = await send(porter, 'POST', '/Users', oktaUser('JOHN.DOE@porter.example', { externalId: 'other' }))
  expect(again).toMatchObject({ status: 409, body: { status: '409', scimType: 'uniqueness' } })
  expect(await newest()).toMatchObject({
    type: 'user.created',
    outcome: 'failed',
    status: 409,
    targetId: null,
    targetName: 'JOHN.DOE@porter.example',
  })
})

test('Okta deactivates by PATCH without a path, reactivates, and a no-op is one skipped event without a new version', async () => {
  const { body } = await send(
    porter,
    'POST',
    '/Users',
    oktaUser('ann@porter.example', { roles: [{ value: 'manager' }] }),
  )
  const path = `/Users/${body.id}`
  const off = await send(porter, 'PATCH', path, setActive(false))
  expect(off).toMatchObject({ status: 200, body: { active: false } })
  expect(await newest()).toMatchObject({
    type: 'user.deactivated',
    diff: [{ path: 'active', before: true, after: false }],
  })
  const same = await send(porter, 'PATCH', path, setActive(false))
  expect(same.headers.get('etag')).toBe(off.headers.get('etag'))
  expect(await newest()).toMatchObject({ outcome: 'skipped' })
  expect((await send(porter, 'PATCH', path, setActive(true))).body).toMatchObject({ active: true, id: body.id })
  expect(await newest()).toMatchObject({ type: 'user.reactivated' })
})

test('a deactivated person comes back by POST as the same person: 201 with the old id', async () => {
  const { body } = await send(porter, 'POST', '/Users', oktaUser('bea@porter.example'))
  await send(porter, 'PATCH', `/Users/${body.id}`, setActive(false))
  const back = await send(porter, 'POST', '/Users', oktaUser('bea@porter.example'))
  expect(back).toMatchObject({ status: 201, body: { id: body.id, active: true } })
})

test('POST active false of somebody who is here: 201 with the same id, who has left; active true is still the duplicate’s 409', async () => {
  const { body } = await send(porter, 'POST', '/Users', oktaUser('eva@porter.example'))
  expect((await send(porter, 'POST', '/Users', oktaUser('eva@porter.example'))).status).toBe(409)
  const left = await send(porter, 'POST', '/Users', oktaUser('eva@porter.example', { active: false }))
  expect(left).toMatchObject({ status: 201, body: { id: body.id, active: false, externalId: '00ueva@porter.example' } })
  expect(left.headers.get('location')).toBe(`http://localhost:3000/scim/v2/${porter.slug}/Users/${body.id}`)
  expect(await newest()).toMatchObject({ type: 'user.deactivated', outcome: 'success', status: 201, targetId: body.id })
  const again = await send(porter, 'POST', '/Users', oktaUser('eva@porter.example', { active: false }))
  expect(again).toMatchObject({ status: 201, body: { id: body.id, active: false } })
  expect(await newest()).toMatchObject({ outcome: 'skipped' })
})

test('RFC 7644 §3.6 DELETE: 204, then 404, and the userName is free for somebody new', async () => {
  const { body } = await send(porter, 'POST', '/Users', oktaUser('cid@porter.example'))
  expect((await send(porter, 'DELETE', `/Users/${body.id}`)).status).toBe(204)
  expect((await send(porter, 'GET', `/Users/${body.id}`)).status).toBe(404)
  const fresh = await send(porter, 'POST', '/Users', oktaUser('cid@porter.example'))
  expect(fresh.status).toBe(201)
  expect(fresh.body.id).not.toBe(body.id)
})

test('PUT that leaves out active and externalId neither revives nor unlinks', async () => {
  const { body } = await send(porter, 'POST', '/Users', oktaUser('dan@porter.example'))
  await send(porter, 'PATCH', `/Users/${body.id}`, setActive(false))
  const put = await send(porter, 'PUT', `/Users/${body.id}`, {
    schemas: body.schemas,
    userName: 'dan@porter.example',
    title: 'Boss',
  })
  expect(put).toMatchObject({
    status: 200,
    body: { active: false, externalId: '00udan@porter.example', title: 'Boss' },
  })
  expect(put.body.name).toBeUndefined()
})

test('20 identical POSTs at once: one 201, nineteen 409', async () => {
  const all = await Promise.all(
    Array.from({ length: 20 }, () => send(porter, 'POST', '/Users', oktaUser('eve@porter.example'))),
  )
  const statuses = all.map((a) => a.status).sort()
  expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)])
})

test.each<[string, string | object, number, string]>([
  ['not JSON', '{"userName":', 400, 'invalidSyntax'],
  ['a list', [], 400, 'invalidSyntax'],
  ['wrong type', oktaUser('x@porter.example', { name: 7 }), 400, 'invalidValue'],
  ['NUL', oktaUser('x\u0000@porter.example'), 400, 'invalidValue'],
  ['lone surrogate', '{"userName":"x\\ud800@porter.example"}', 400, 'invalidValue'],
  [
    '5,000 levels deep',
    `{"userName":"x@porter.example","x":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    400,
    'invalidSyntax',
  ],
  ['empty userName', oktaUser(''), 400, 'invalidValue'],
  ['trailing blank in userName', oktaUser('x@porter.example '), 400, 'invalidValue'],
  ['unknown schema', oktaUser('x@porter.example', { schemas: ['urn:example:nothing'] }), 400, 'invalidValue'],
  ['__proto__', '{"userName":"x@porter.example","__proto__":{"a":1}}', 400, 'invalidSyntax'],
  ['over 1 MiB', `{"userName":"${'x'.repeat(1_100_000)}"}`, 413, ''],
])('bad input: %s → a SCIM error that says what', async (_, body, status, scimType) => {
  const answer = await send(porter, 'POST', '/Users', body)
  expect(answer.status).toBe(status)
  expect(answer.body).toMatchObject({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
  })
  if (scimType) expect(answer.body.scimType).toBe(scimType)
  expect(String(answer.body.detail).length).toBeGreaterThan(20)
})

test('RFC 7644 §3.12: 401 has WWW-Authenticate and a string status, an unknown endpoint 404 in SCIM form', async () => {
  const none = await send(porter, 'GET', '/Users', undefined, { as: { token: 'nonsense' } })
  expect(none).toMatchObject({ status: 401, body: { status: '401' } })
  expect(none.headers.get('www-authenticate')).toContain('Bearer')
  expect(await send(porter, 'GET', '/Nothing')).toMatchObject({ status: 404, body: { status: '404' } })
  expect((await send(porter, 'POST', '/Users', '<a/>', { headers: { 'content-type': 'text/xml' } })).status).toBe(415)
})

test('lists page in a stable order with a true total, and filters find exactly', async () => {
  const all = await send(porter, 'GET', '/Users?count=200')
  const total = Number(all.body.totalResults)
  const seen: unknown[] = []
  for (let start = 1; start <= total; start += 2) {
    const page = await send(porter, 'GET', `/Users?startIndex=${start}&count=2`)
    expect(page.body).toMatchObject({ totalResults: total, startIndex: start })
    const resources = page.body.Resources
    if (Array.isArray(resources)) seen.push(...resources.map((r) => r.id))
  }
  expect(new Set(seen).size).toBe(total)
  expect((await send(porter, 'GET', lookup('ANN@porter.example'))).body).toMatchObject({ totalResults: 1 })
  const byKey = encodeURIComponent('externalId eq "00uann@porter.example"')
  expect((await send(porter, 'GET', `/Users?filter=${byKey}`)).body).toMatchObject({ totalResults: 1 })
})

test('discovery answers, and names the schemas users have', async () => {
  expect((await send(porter, 'GET', '/ServiceProviderConfig')).body).toMatchObject({ patch: { supported: true } })
  expect((await send(porter, 'GET', '/Schemas')).status).toBe(200)
  expect((await send(porter, 'GET', '/ResourceTypes/User')).body).toMatchObject({ endpoint: '/Users' })
})

test('an externalId is only ever an externalId: neither a number nor another person’s id makes somebody out of it', async () => {
  const victim = (await send(porter, 'POST', '/Users', oktaUser('victim@porter.example'))).body
  for (const externalId of ['1', String(victim.id)]) {
    const made = await send(
      porter,
      'POST',
      '/Users',
      oktaUser(`like-${externalId}@porter.example`, { externalId, id: victim.id }),
    )
    expect(made.status).toBe(201)
    expect(made.body.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
    expect(made.body.id).not.toBe(victim.id)
  }
  expect((await send(porter, 'GET', '/Users/1')).status).toBe(404)
  expect((await send(porter, 'GET', `/Users/${victim.id}`)).body.userName).toBe('victim@porter.example')
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { entitlements } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { send } from './test/client'

let porter: TestOrg
let rabbit: TestOrg

beforeAll(async () => {
  porter = await makeTestOrg('Porter', { scimRoles: ['manager', 'admin'] })
  rabbit = await makeTestOrg('White Rabbit', { scimRoles: [] })
  const { orgId } = porter
  await withOrg(orgId, (tx) =>
    tx.insert(entitlements).values([
      { orgId, value: 'reports', displayName: 'Reports', type: 'feature', description: 'Sees reports' },
      { orgId, value: 'billing', displayName: 'Billing', type: 'feature' },
    ]),
  )
})
afterAll(shutdown)

test('Okta’s discovery: /ResourceTypes and /Schemas name Role and Entitlement with Okta’s URNs', async () => {
  const types = JSON.stringify((await send(porter, 'GET', '/ResourceTypes')).body)
  const schemas = JSON.stringify((await send(porter, 'GET', '/Schemas')).body)
  for (const name of ['Role', 'Entitlement']) {
    expect(types).toContain(`urn:okta:scim:schemas:core:1.0:${name}`)
    expect(schemas).toContain(`urn:okta:scim:schemas:core:1.0:${name}`)
  }
})

test('each company has its own catalogue', async () => {
  expect((await send(porter, 'GET', '/Roles')).body).toMatchObject({
    totalResults: 2,
    Resources: [{ id: 'manager', displayName: 'Manager' }, { id: 'admin' }],
  })
  expect((await send(porter, 'GET', '/Entitlements')).body).toMatchObject({
    totalResults: 2,
    Resources: [{ id: 'billing' }, { id: 'reports', description: 'Sees reports' }],
  })
  expect((await send(rabbit, 'GET', '/Roles')).body).toMatchObject({ totalResults: 0, Resources: [] })
  expect((await send(rabbit, 'GET', '/Entitlements')).body).toMatchObject({ totalResults: 0 })
  expect((await send(rabbit, 'GET', '/Entitlements/reports')).status).toBe(404)
  expect((await send(porter, 'GET', '/Entitlements/reports')).body).toMatchObject({
    meta: { resourceType: 'Entitlement' },
  })
})

test.each([
  ['/Roles?count=1&startIndex=1', { totalResults: 2, itemsPerPage: 1, startIndex: 1 }],
  ['/Roles?startIndex=3', { totalResults: 2, itemsPerPage: 0 }],
  ['/Roles?sortBy=displayName', { Resources: [{ id: 'admin' }, { id: 'manager' }] }],
  ['/Entitlements?sortBy=displayName&sortOrder=descending', { Resources: [{ id: 'reports' }, { id: 'billing' }] }],
  [`/Entitlements?filter=${encodeURIComponent('displayName sw "BILL"')}`, { totalResults: 1 }],
  ['/Roles?attributes=displayName', { Resources: [{ id: 'manager', displayName: 'Manager' }, {}] }],
])('GET %s', async (path, expected) => {
  expect(await send(porter, 'GET', path)).toMatchObject({ status: 200, body: expected })
})

test('by cursor, the catalogue pages like the long lists', async () => {
  const first = await send(porter, 'GET', '/Roles?count=1&cursor=')
  const next = await send(porter, 'GET', `/Roles?count=1&cursor=${first.body.nextCursor}`)
  expect(next.body).toMatchObject({ totalResults: 2, Resources: [{ id: 'admin' }] })
  expect(next.body).not.toHaveProperty('nextCursor')
  expect((await send(porter, 'GET', `/Entitlements?cursor=${first.body.nextCursor}`)).body.scimType).toBe(
    'invalidCursor',
  )
})

test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('RFC 7644 §3.11: %s /Me is 501', async (method) => {
  expect(await send(porter, method, '/Me', method === 'GET' ? undefined : {})).toMatchObject({
    status: 501,
    body: { status: '501' },
  })
})

test.each([
  ['POST', '/Roles', 'GET'],
  ['DELETE', '/Entitlements/reports', 'GET'],
  ['PATCH', '/Users', 'GET, POST'],
  ['POST', '/Users/x', 'GET, PUT, PATCH, DELETE'],
  ['DELETE', '/Groups', 'GET, POST'],
  ['GET', '/.search', 'POST'],
  ['GET', '/Users/.search', 'POST'],
  ['GET', '/Bulk', 'POST'],
  ['POST', '/Schemas', 'GET'],
  ['DELETE', '/ServiceProviderConfig', 'GET'],
])('%s %s is 405 and says what works: %s', async (method, path, allow) => {
  const answer = await send(porter, method, path, method === 'GET' || method === 'DELETE' ? undefined : {})
  expect(answer).toMatchObject({ status: 405, body: { status: '405' } })
  expect(answer.headers.get('allow')).toBe(allow)
})

test('RFC 7644 §3.1, §3.8: both media types in, 415 otherwise; an Accept that excludes JSON is answered anyway', async () => {
  const body = JSON.stringify({ displayName: 'By type' })
  for (const type of ['application/scim+json', 'application/json; charset=utf-8', 'Application/SCIM+JSON']) {
    const answer = await send(porter, 'POST', '/Groups', body, { headers: { 'content-type': type } })
    expect([201, 409]).toContain(answer.status)
  }
  for (const type of ['text/plain', 'application/xml', 'application/jsonx', 'multipart/form-data; boundary=x', '']) {
    const answer = await send(porter, 'POST', '/Groups', body, { headers: { 'content-type': type } })
    expect(answer).toMatchObject({ status: 415, body: { status: '415' } })
  }
  const answer = await send(porter, 'GET', '/Users', undefined, { headers: { accept: 'text/html' } })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^application\/scim\+json/)
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { send } from '@/lib/scim-api/test/client'

/** The examples of RFC 7644 §3.7. */
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'
const RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

let porter: TestOrg
beforeAll(async () => {
  porter = await makeTestOrg('Porter')
})
afterAll(shutdown)

type Result = { method: string; bulkId?: string; location?: string; status: string; response?: Record<string, unknown> }

async function bulk(Operations: unknown[], rest: Record<string, unknown> = {}): Promise<Result[]> {
  const { status, body } = await send(porter, 'POST', '/Bulk', { schemas: [REQUEST], ...rest, Operations })
  expect(body).toMatchObject({ schemas: [RESPONSE] })
  expect(status).toBe(200)
  return Array.isArray(body.Operations) ? body.Operations : []
}

const user = (bulkId: string, userName = bulkId) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { schemas: [USER], userName },
})
const idOf = (result: Result | undefined) => result?.location?.split('/').at(-1) ?? ''
const group = (bulkId: string, displayName: string, members: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { schemas: [GROUP], displayName, members: members.map((value) => ({ type: 'User', value })) },
})

describe('RFC 7644 §3.7', () => {
  it('§3.7.2 a group refers to a user made in the same request, in either order', async () => {
    const made = await bulk([group('ytrewq', 'Tour Guides', ['bulkId:qwerty']), user('qwerty', 'alice')])
    expect(made.map(({ status }) => status)).toEqual(['201', '201'])
    const aliceId = idOf(made.find(({ bulkId }) => bulkId === 'qwerty'))
    const groupId = idOf(made.find(({ bulkId }) => bulkId === 'ytrewq'))
    expect((await send(porter, 'GET', `/Groups/${groupId}`)).body).toMatchObject({ members: [{ value: aliceId }] })
    expect((await send(porter, 'GET', `/Users/${aliceId}`)).body).toMatchObject({ groups: [{ value: groupId }] })
  })

  it('§3.7.3 POST, PUT, PATCH and DELETE in one request answer one by one', async () => {
    const before = await bulk([user('b1', 'bob'), user('d1', 'dave'), user('k1', 'kate')])
    const [bob, dave, kate] = before.map(idOf)
    const results = await bulk([
      user('eve'),
      { method: 'PUT', path: `/Users/${bob}`, data: { schemas: [USER], id: bob, userName: 'bob', title: 'Guide' } },
      {
        method: 'PATCH',
        path: `/Users/${dave}`,
        data: { schemas: [PATCH], Operations: [{ op: 'replace', path: 'nickName', value: 'Dav' }] },
      },
      { method: 'DELETE', path: `/Users/${kate}` },
    ])
    expect(results.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'POST 201',
      'PUT 200',
      'PATCH 200',
      'DELETE 204',
    ])
    expect((await send(porter, 'GET', `/Users/${bob}`)).body).toMatchObject({ title: 'Guide' })
    expect((await send(porter, 'GET', `/Users/${dave}`)).body).toMatchObject({ nickName: 'Dav' })
    expect((await send(porter, 'GET', `/Users/${kate}`)).status).toBe(404)
  })

  it('§3.7.3 an operation that fails says so with a SCIM error; the others are done', async () => {
    const results = await bulk([user('fay'), user('again', 'fay'), user('gil')])
    expect(results.map(({ status }) => status)).toEqual(['201', '409', '201'])
    expect(results[1]?.response).toMatchObject({ scimType: 'uniqueness', status: '409' })
  })

  it('§3.7 failOnErrors 1 stops after the first error', async () => {
    const results = await bulk([user('hal'), user('hal-again', 'hal'), user('ida')], { failOnErrors: 1 })
    expect(results.map(({ status }) => status)).toEqual(['201', '409'])
    const filter = encodeURIComponent('userName eq "ida"')
    expect((await send(porter, 'GET', `/Users?filter=${filter}`)).body).toMatchObject({ totalResults: 0 })
  })

  it('§3.7.4 more operations than ServiceProviderConfig says is 413', async () => {
    const { body } = await send(porter, 'GET', '/ServiceProviderConfig')
    const { maxOperations } = Object(body.bulk)
    const Operations = Array.from({ length: maxOperations + 1 }, (_, at) => user(`many${at}`))
    expect(await send(porter, 'POST', '/Bulk', { schemas: [REQUEST], Operations })).toMatchObject({
      status: 413,
      body: { status: '413' },
    })
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entitlements } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { oktaUser, send } from '@/lib/scim-api/test/client'

/** Okta's Entitlements suite: it reads ResourceTypes, then Schemas, then every endpoint it found there. */
let porter: TestOrg
let rabbit: TestOrg
const found: { id: string; endpoint: string; schema: string }[] = []

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit', { scimRoles: ['admin'] })
  await addEntitlement(porter, 'depot-key')
  await addEntitlement(rabbit, 'tea-room-key')
  for (const name of ['ann', 'bob']) {
    await send(porter, 'POST', '/Users', oktaUser(`${name}@porter.example`))
    await send(porter, 'POST', '/Groups', { displayName: `Team ${name}`, members: [] })
  }
})
afterAll(shutdown)

const addEntitlement = ({ orgId }: TestOrg, value: string) =>
  withOrg(orgId, (tx) => tx.insert(entitlements).values({ orgId, value, displayName: `The ${value}`, type: 'key' }))

describe('Okta Entitlements suite', () => {
  it('ResourceTypes names Role and Entitlement with the URNs of Okta', async () => {
    const { status, body } = await send(porter, 'GET', '/ResourceTypes')
    expect(status).toBe(200)
    const types = Array.isArray(body.Resources) ? body.Resources : []
    found.push(...types.map(({ id, endpoint, schema }) => ({ id, endpoint, schema })))
    expect(found).toEqual(
      expect.arrayContaining([
        { id: 'Role', endpoint: '/Roles', schema: 'urn:okta:scim:schemas:core:1.0:Role' },
        { id: 'Entitlement', endpoint: '/Entitlements', schema: 'urn:okta:scim:schemas:core:1.0:Entitlement' },
      ]),
    )
  })

  it('Schemas has every schema a resource type names', async () => {
    const { body } = await send(porter, 'GET', '/Schemas')
    const ids = Array.isArray(body.Resources) ? body.Resources.map(({ id }) => id) : []
    for (const { schema } of found) expect(ids).toContain(schema)
  })

  it.each(['User', 'Group', 'Role', 'Entitlement'])('%s: count=1&startIndex=1 gives itemsPerPage 1', async (id) => {
    const endpoint = found.find((each) => each.id === id)?.endpoint
    expect(endpoint).toBeDefined()
    const { status, body } = await send(porter, 'GET', `${endpoint}?count=1&startIndex=1`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      itemsPerPage: 1,
      startIndex: 1,
      totalResults: expect.any(Number),
      Resources: [{ id: expect.any(String), displayName: expect.any(String) }],
    })
  })

  it('a role of the list, sent with a user, is on that user with value, display and type', async () => {
    const { body } = await send(porter, 'GET', '/Roles')
    const [role] = Array.isArray(body.Resources) ? body.Resources : []
    const { id, displayName, type } = Object(role)
    const roles = [{ value: id, display: displayName, type }]
    const made = await send(porter, 'POST', '/Users', oktaUser('cid@porter.example', { roles }))
    expect(made).toMatchObject({ status: 201, body: { roles } })
  })

  it('an entitlement of the list, sent with a user, is on that user', async () => {
    const list = [{ value: 'depot-key', display: 'The depot-key', type: 'key' }]
    const made = await send(porter, 'POST', '/Users', oktaUser('dan@porter.example', { entitlements: list }))
    expect(made).toMatchObject({ status: 201, body: { entitlements: list } })
  })

  it.each([
    ['/Roles', 'manager', 'admin'],
    ['/Entitlements', 'depot-key', 'tea-room-key'],
  ])('%s has %s by id; %s is of another company and 404', async (endpoint, mine, theirs) => {
    expect(await send(porter, 'GET', `${endpoint}/${mine}`)).toMatchObject({ status: 200, body: { id: mine } })
    expect((await send(rabbit, 'GET', `${endpoint}/${theirs}`)).status).toBe(200)
    expect((await send(porter, 'GET', `${endpoint}/${theirs}`)).status).toBe(404)
    expect((await send(porter, 'GET', endpoint)).body).toMatchObject({ totalResults: 1 })
  })
})

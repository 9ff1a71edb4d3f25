import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entitlements } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { entitlementCases } from '@/lib/readiness/entitlement-cases'
import { type Noted, runCase } from '@/lib/readiness/oin-case'
import { oktaUser, send } from '@/lib/scim-api/test/client'
import { askAt } from './ask'

/** Okta's Entitlements suite: it reads ResourceTypes, then Schemas, then every endpoint it found there. */
let porter: TestOrg
let rabbit: TestOrg
const noted: Noted = new Map()

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
  it.each(entitlementCases)('$id $title', async (each) => {
    expect(await runCase(each, askAt(porter), noted)).toMatchObject({ id: each.id, ok: true, problem: null })
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

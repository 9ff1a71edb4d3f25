import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { oktaUser, send } from '@/lib/scim-api/test/client'

/** Okta's SPEC suite, in its order: each step may use what the ones before it left. */
let porter: TestOrg
let firstId = ''
let madeId = ''
const NAME = 'runscope.user@porter.example'
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const MISSING = '010101001010101011001010101011'

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  await send(porter, 'POST', '/Users', oktaUser('olivia.owner@porter.example'))
})
afterAll(shutdown)

const byName = (name: string) => `/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}`

describe('Okta SPEC suite', () => {
  it('R01 GET /Users?count=1&startIndex=1: a list with numbers and one whole person', async () => {
    const { status, body, headers } = await send(porter, 'GET', '/Users?count=1&startIndex=1')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(/^application\/scim\+json/)
    expect(body).toMatchObject({
      schemas: [LIST],
      itemsPerPage: 1,
      startIndex: 1,
      totalResults: expect.any(Number),
      Resources: [
        {
          id: expect.stringMatching(/.+/),
          name: { givenName: 'John', familyName: 'Doe' },
          userName: expect.any(String),
          active: true,
          emails: [{ value: expect.stringContaining('@') }],
        },
      ],
    })
    firstId = String(Object(Object(body.Resources)[0]).id)
  })

  it('R02 GET /Users/{id}: the same person', async () => {
    expect(await send(porter, 'GET', `/Users/${firstId}`)).toMatchObject({
      status: 200,
      body: {
        id: firstId,
        name: { givenName: expect.any(String), familyName: expect.any(String) },
        userName: expect.any(String),
        active: true,
        emails: [{ value: expect.any(String) }],
      },
    })
  })

  it('R03 a filter for somebody who is not there: 200 and nothing', async () => {
    const { status, body } = await send(porter, 'GET', byName('nobody-4711@porter.example'))
    expect(status).toBe(200)
    expect(body).toMatchObject({ schemas: [LIST], totalResults: 0 })
    expect(body.Resources ?? []).toEqual([])
  })

  it('R04 a missing id: 404 with detail and schema', async () => {
    expect(await send(porter, 'GET', `/Users/${MISSING}`)).toMatchObject({
      status: 404,
      body: { schemas: [ERROR], detail: expect.stringMatching(/.+/), status: '404' },
    })
  })

  it('R05 POST /Users: 201 with what was sent', async () => {
    const user = oktaUser(NAME, { name: { givenName: 'Runs', familyName: 'Cope' } })
    const { status, body } = await send(porter, 'POST', '/Users', user)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      schemas: expect.arrayContaining([USER]),
      active: true,
      id: expect.stringMatching(/.+/),
      name: { givenName: 'Runs', familyName: 'Cope' },
      userName: NAME,
    })
    madeId = String(body.id)
  })

  it('R06 GET /Users/{id} of who was made: the same names', async () => {
    expect(await send(porter, 'GET', `/Users/${madeId}`)).toMatchObject({
      status: 200,
      body: { userName: NAME, name: { givenName: 'Runs', familyName: 'Cope' }, id: madeId },
    })
  })

  it('R07 the same POST again: 409', async () => {
    expect(await send(porter, 'POST', '/Users', oktaUser(NAME))).toMatchObject({
      status: 409,
      body: { schemas: [ERROR], status: '409', scimType: 'uniqueness', detail: expect.stringContaining(NAME) },
    })
  })

  it('R08 the userName in upper case finds the person', async () => {
    const { status, body } = await send(porter, 'GET', byName(NAME.toUpperCase()))
    expect(status).toBe(200)
    expect(body).toMatchObject({ totalResults: 1, Resources: [{ id: madeId, userName: NAME }] })
  })

  it('R09 without a token: 401 with the string "401", detail and schema', async () => {
    const { status, body } = await send(porter, 'GET', byName(NAME), undefined, { as: { token: 'not-a-token' } })
    expect(status).toBe(401)
    expect(body).toMatchObject({ schemas: [ERROR], status: '401', detail: expect.stringMatching(/.+/) })
  })

  it('R10 a random id: 404 with the string "404", detail and schema', async () => {
    const { status, body } = await send(porter, 'GET', '/Users/00919288221112222')
    expect(status).toBe(404)
    expect(body).toMatchObject({ schemas: [ERROR], status: '404', detail: expect.stringMatching(/.+/) })
  })

  it('R11 (optional) GET /Groups: 200 with the list schema, in under 600 ms', async () => {
    const started = performance.now()
    const { status, body } = await send(porter, 'GET', '/Groups')
    expect(status).toBe(200)
    expect(body).toMatchObject({ schemas: [LIST], totalResults: expect.any(Number) })
    expect(performance.now() - started).toBeLessThan(600)
  })
})

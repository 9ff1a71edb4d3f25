import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { getEvent, listEvents } from '@/lib/events/query'
import { flushEvents } from '@/lib/events/record'
import { mintToken } from '@/lib/orgs/tokens'
import { shutdown } from '@/lib/process'
import { scimApp } from './app'

let porter: TestOrg
beforeAll(async () => {
  porter = await makeTestOrg('Porter')
})
afterAll(shutdown)

const get = (path: string, headers: Record<string, string> = {}) =>
  scimApp.fetch(new Request(`http://localhost:3000/scim/v2/${porter.slug}${path}`, { headers }))

describe('the token is taken from the Authorization header', () => {
  test.each([
    ['Bearer x', (token: string) => `Bearer ${token}`],
    ['bearer x', (token: string) => `bearer   ${token} `],
    ['the bare value, as Okta’s header mode sends it', (token: string) => token],
  ])('%s', async (_, header) => {
    expect((await get('/Users', { authorization: header(porter.token) })).status).toBe(200)
  })
})

describe('and from nowhere else', () => {
  const names = ['token', 'access_token', 'authorization', 'bearer', 'api_key', 'q']

  test.each(names)('?%s= is refused, and the log keeps the address without it', async (name) => {
    const response = await get(`/Users?${name}=${porter.token}`)
    expect(response.status).toBe(401)
    expect(await response.text()).not.toContain(porter.token)
  })

  test.each([
    ['X-Api-Key', 'x-api-key'],
    ['Cookie', 'cookie'],
    ['Proxy-Authorization', 'proxy-authorization'],
  ])('a %s header is no credential', async (_, header) => {
    expect((await get('/Users', { [header]: `token=${porter.token}` })).status).toBe(401)
  })

  test.each(['Bearer', 'Bearer ', 'Bearer a b', 'Basic YTpi', 'Bearer %E0%A4%A', ',', 'Bearer '.repeat(2000)])(
    'a header that is none (%.12j) gets the one 401',
    async (authorization) => {
      const answer = await get('/Users', { authorization })
      expect(answer.status).toBe(401)
      expect(await answer.json()).toMatchObject({ status: '401' })
    },
  )

  test('a session cookie opens no SCIM', async () => {
    expect((await get('/Users', { cookie: `rollcall.${porter.slug}.session=anything` })).status).toBe(401)
  })

  test('no row of the log has the token, nor the secret in it', async () => {
    // A right token in the header, and one in the query too: the request is served and logged.
    await get(`/Users?count=1&token=${porter.token}&x=${porter.token}`, { authorization: porter.token })
    await flushEvents()
    const { events } = await listEvents(porter.orgId, { reads: true, limit: 100 })
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['token.refused', 'user.listed']))
    for (const { id } of events) {
      const text = JSON.stringify(await getEvent(porter.orgId, id))
      expect(text).not.toContain(porter.token.slice(39, 71))
    }
  })
})

describe('a token that is over', () => {
  test('is named in the log of its own company, and in nobody else’s', async () => {
    const rabbit = await makeTestOrg('White Rabbit')
    const old = await mintToken(porter.orgId, { createdBy: 'test', expiresAt: new Date(Date.now() - 1) })
    const at = (slug: string) =>
      scimApp.fetch(
        new Request(`http://localhost:3000/scim/v2/${slug}/Users`, {
          headers: { authorization: `Bearer ${old.token}` },
        }),
      )
    expect((await at(porter.slug)).status).toBe(401)
    expect((await at(rabbit.slug)).status).toBe(401)
    await flushEvents()
    const refused = async (orgId: string) =>
      (await listEvents(orgId, { types: ['token.refused'], limit: 1 })).events.map(
        ({ targetId, targetName, error }) => [targetId, targetName, error?.detail],
      )
    expect(await refused(porter.orgId)).toEqual([
      [old.id, `…${old.hint}`, `The token rollcall_…${old.hint} is one of this organization’s, but its time is over.`],
    ])
    expect(await refused(rabbit.orgId)).toEqual([
      [null, null, 'The bearer token is not one of this organization’s SCIM tokens.'],
    ])
  })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { listEvents } from '@/lib/events/query'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { oktaUser, send } from './test/client'
import { makePerson, membersOf, patchOf } from './test/people'

let porter: TestOrg

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
})
afterAll(shutdown)

const SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'
const bulk = async (Operations: unknown[], rest: object = {}) => {
  const answer = await send(porter, 'POST', '/Bulk', { schemas: [SCHEMA], Operations, ...rest })
  const results = answer.body.Operations
  return { ...answer, results: Array.isArray(results) ? results : [] }
}
const post = (bulkId: string, userName = `${newId()}@porter.example`) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: oktaUser(userName),
})

test('RFC 7644 §3.7: create, change, delete in one request; each has its status, location, version and event', async () => {
  const old = await makePerson(porter)
  const { status, results } = await bulk([
    post('a'),
    { method: 'PATCH', path: `/Users/${old}`, data: patchOf({ op: 'replace', path: 'title', value: 'Boss' }) },
    { method: 'DELETE', path: `/Users/${old}` },
  ])
  expect(status).toBe(200)
  const location = `http://localhost:3000/scim/v2/${porter.slug}/Users/${old}`
  expect(results).toMatchObject([
    { method: 'POST', bulkId: 'a', status: '201', version: 'W/"1-0"', location: expect.stringContaining('/Users/') },
    { method: 'PATCH', status: '200', location },
    { method: 'DELETE', status: '204', location },
  ])
  const { events } = await listEvents(porter.orgId, { limit: 3 })
  expect(events.map((each) => each.type)).toEqual(['user.deleted', 'user.updated', 'user.created'])
})

test('RFC 7644 §3.7.2: a group names people made in the same request, whatever the order', async () => {
  const group = {
    method: 'POST',
    path: '/Groups',
    bulkId: 'g',
    data: { displayName: 'Made together', members: [{ value: 'bulkId:x' }, { value: 'bulkId:y' }] },
  }
  const manager = {
    method: 'PATCH',
    path: '/Users/bulkId:y',
    data: patchOf({ op: 'add', path: 'manager.value', value: 'bulkId:x' }),
  }
  const { results } = await bulk([group, manager, post('x'), post('y')])
  expect(results.map((each) => each.status)).toEqual(['201', '201', '201', '200'])
  const idOf = (bulkId: string) =>
    String(results.find((each) => each.bulkId === bulkId)?.location)
      .split('/')
      .at(-1) ?? ''
  expect(await membersOf(porter, idOf('g'))).toEqual([idOf('x'), idOf('y')].sort())
  const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
  expect((await send(porter, 'GET', `/Users/${idOf('y')}`)).body[enterprise]).toMatchObject({
    manager: { value: idOf('x') },
  })
})

test('RFC 7644 §3.7.3: an operation fails on its own, with the SCIM error and its event; the others go on', async () => {
  const taken = `${newId()}@porter.example`
  await send(porter, 'POST', '/Users', oktaUser(taken))
  const { results } = await bulk([
    post('a', taken),
    { method: 'POST', path: '/Groups', bulkId: 'g', data: { displayName: 'Never', members: [{ value: 'bulkId:a' }] } },
    {
      method: 'POST',
      path: '/Groups',
      bulkId: 'h',
      data: { displayName: 'Never', members: [{ value: 'bulkId:nobody' }] },
    },
    { method: 'DELETE', path: `/Users/${newId()}` },
    { method: 'DELETE', path: '/Users/..' },
    { method: 'PATCH', path: '/Users', data: {} },
    { method: 'PURGE', path: '/Users/x' },
    post('b'),
  ])
  expect(results.map((each) => each.status)).toEqual(['409', '409', '409', '404', '404', '400', '400', '201'])
  for (const { response } of results.slice(0, 7)) {
    expect(response).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      detail: expect.stringMatching(/evt_/),
    })
  }
})

test('failOnErrors stops after that many; what was not run is not answered', async () => {
  const bad = { method: 'DELETE', path: `/Users/${newId()}` }
  const { results } = await bulk([bad, post('a'), bad, post('b')], { failOnErrors: 2 })
  expect(results.map((each) => each.status)).toEqual(['404', '201', '404'])
})

test('`version` is If-Match', async () => {
  const id = await makePerson(porter)
  const { results } = await bulk([
    { method: 'DELETE', path: `/Users/${id}`, version: 'W/"7-0"' },
    { method: 'DELETE', path: `/Users/${id}`, version: 'W/"1-0"' },
  ])
  expect(results.map((each) => each.status)).toEqual(['412', '204'])
})

test('RFC 7644 §3.7.4: more than 1,000 operations or 8 MiB is 413; another shape 400', async () => {
  const many = Array.from({ length: 1_001 }, () => ({ method: 'DELETE', path: '/Users/x' }))
  expect(await bulk(many)).toMatchObject({ status: 413, body: { status: '413' } })
  const large = JSON.stringify({ schemas: [SCHEMA], Operations: [], x: 'x'.repeat(9_000_000) })
  expect((await send(porter, 'POST', '/Bulk', large)).status).toBe(413)
  expect((await send(porter, 'POST', '/Bulk', { Operations: [] })).status).toBe(400)
  expect((await send(porter, 'GET', '/Bulk')).status).toBe(405)
})

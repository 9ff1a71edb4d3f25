import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { watchDatabase } from '@/db/test-statements'
import { flushEvents } from '@/lib/events/record'
import { updateSettings } from '@/lib/orgs/settings'
import { shutdown } from '@/lib/process'
import { oktaUser, send, setActive } from './test/client'

/** What Okta sends all day asks the database once for each thing it has to know or write (DESIGN §4). */
let porter: TestOrg
let statements: ReturnType<typeof watchDatabase>['statements']

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  statements = watchDatabase().statements
  // When a token was last used is written once a minute.
  await send(porter, 'GET', '/ServiceProviderConfig')
})
afterAll(shutdown)

/** The functions called, in order, but for the token's, and those that stand outside of the answer's way. */
const called = async (run: () => Promise<unknown>) => {
  await flushEvents()
  const sent = await statements(run)
  const names = sent.map((sql) => /\b(?:from|select) ([a-z_]+)\(/.exec(sql)?.[1] ?? sql)
  // Tests forget the token before each request; a process knows it for a second.
  return names.filter((name) => !['find_token', 'record_events', 'record_timings', 'pg_notify'].includes(name))
}

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
let n = 0
const somebody = () => oktaUser(`p${++n}@${porter.domain}`)
const created = async () => String((await send(porter, 'POST', '/Users', somebody())).body.id)

test.each(['off', 'warn', 'enforce'] as const)('a new person under the domain policy %s', async (domainPolicy) => {
  await updateSettings({ org: porter, actor: { kind: 'system' } }, { domainPolicy })
  expect(await called(() => send(porter, 'POST', '/Users', somebody()))).toEqual(['save_user'])
})

test('a look-up and a read', async () => {
  const id = await created()
  const filter = encodeURIComponent(`userName eq "p${n}@${porter.domain}"`)
  expect(await called(() => send(porter, 'GET', `/Users?filter=${filter}`))).toEqual(['find_user'])
  expect(await called(() => send(porter, 'GET', `/Users/${id}`))).toEqual(['find_user'])
})

test('a page of everybody, wherever it begins', async () => {
  for (const query of ['', '?startIndex=2&count=2', '?startIndex=9999', '?count=0']) {
    expect(await called(() => send(porter, 'GET', `/Users${query}`))).toEqual(['list_people'])
  }
})

test('a new name and another externalId, free or taken', async () => {
  const taken = somebody()
  await send(porter, 'POST', '/Users', taken)
  const id = await created()
  const change = ['find_user', 'save_user']
  expect(await called(() => send(porter, 'PUT', `/Users/${id}`, somebody()))).toEqual(change)
  const [tried, ...looked] = await called(() => send(porter, 'PUT', `/Users/${id}`, taken))
  expect([tried, looked[0]]).toEqual(change)
  expect(looked.length).toBeGreaterThan(1)
})

test('a change, a leaver and who comes back', async () => {
  const id = await created()
  const change = ['find_user', 'save_user']
  const title = { ...oktaUser(`p${n}@${porter.domain}`), title: 'Engineer' }
  expect(await called(() => send(porter, 'PUT', `/Users/${id}`, title))).toEqual(change)
  expect(await called(() => send(porter, 'PATCH', `/Users/${id}`, setActive(false)))).toEqual(change)
  expect(await called(() => send(porter, 'PATCH', `/Users/${id}`, setActive(true)))).toEqual(change)
})

test('somebody who joins a group and leaves it', async () => {
  const id = await created()
  const group = String((await send(porter, 'POST', '/Groups', { displayName: `Team ${n}` })).body.id)
  const change = (operation: object) =>
    called(() => send(porter, 'PATCH', `/Groups/${group}`, { schemas: [PATCH_OP], Operations: [operation] }))
  const trips = ['find_group', 'save_group']
  expect(await change({ op: 'add', path: 'members', value: [{ value: id }] })).toEqual(trips)
  expect(await change({ op: 'remove', path: `members[value eq "${id}"]` })).toEqual(trips)
  expect(await change({ op: 'replace', path: 'externalId', value: 'other' })).toEqual(trips)
})

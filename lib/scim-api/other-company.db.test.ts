import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entitlements, groupMembers, groups, users } from '@/db/schema'
import { events, userHistory } from '@/db/schema-events'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { listEvents } from '@/lib/events/query'
import { flushEvents } from '@/lib/events/record'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { scimApp } from './app'
import { oktaUser, send } from './test/client'
import { addMembers, makePerson, patchOf } from './test/people'

/**
 * Every route of the service × the other company's ids: the answer is the one an invented id gets, the victim's rows
 * stay byte for byte, and the attempt is in the log of who tried. A new route without a row here fails the first test.
 */
let porter: TestOrg
let rabbit: TestOrg

/** Ids (and a name) of one kind: the other company's, or invented ones. */
type Ids = { user: string; group: string; entitlement: string; name: string }
type Try = { path: string; body?: unknown; status: number }

const SEARCH = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest']
const BULK = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest']
const byId = (kind: 'Users' | 'Groups', id: string, status: number, body?: unknown): Try[] => [
  { path: `/${kind}/${id}`, body, status },
]
const about = (ids: Ids) => [
  `id eq "${ids.user}"`,
  `userName eq "${ids.name}"`,
  `externalId eq "00u${ids.name}"`,
  `emails.value eq "${ids.name}"`,
  `groups.value eq "${ids.group}"`,
]
const lists = (path: string, filters: string[]): Try[] => [
  { path, status: 200 },
  ...filters.map((each) => ({ path: `${path}?filter=${encodeURIComponent(each)}`, status: 200 })),
]
const searches = (path: string, filters: string[]): Try[] =>
  filters.map((filter) => ({ path, body: { schemas: SEARCH, filter }, status: 200 }))
const groupFilters = (ids: Ids) => [
  `id eq "${ids.group}"`,
  'displayName eq "Tea party"',
  `members.value eq "${ids.user}"`,
]
const member = (ids: Ids) => [{ value: ids.user }]
const title = patchOf({ op: 'replace', path: 'title', value: 'Taken over' })
let ownGroup: string

const cases: Record<string, (ids: Ids) => Try[]> = {
  'GET /ServiceProviderConfig': () => [{ path: '/ServiceProviderConfig', status: 200 }],
  'GET /ResourceTypes': () => [{ path: '/ResourceTypes', status: 200 }],
  'GET /ResourceTypes/:id': (ids) => [{ path: `/ResourceTypes/${ids.user}`, status: 404 }],
  'GET /Schemas': () => [{ path: '/Schemas', status: 200 }],
  'GET /Schemas/:id': (ids) => [{ path: `/Schemas/${ids.user}`, status: 404 }],
  'GET /Users': (ids) => lists('/Users', about(ids)),
  'POST /Users/.search': (ids) => searches('/Users/.search', about(ids)),
  // The other company's userName and externalId are free here: a person of one's own, told by nothing.
  'POST /Users': (ids) => [
    {
      path: '/Users',
      body: { ...oktaUser(`${newId()}@porter.example`), id: ids.user, groups: [{ value: ids.group }] },
      status: 201,
    },
  ],
  'GET /Users/:id': (ids) => byId('Users', ids.user, 404),
  'PUT /Users/:id': (ids) => byId('Users', ids.user, 404, oktaUser(ids.name)),
  'PATCH /Users/:id': (ids) => [
    ...byId('Users', ids.user, 404, title),
    ...byId('Users', ids.user, 404, patchOf({ op: 'replace', value: { active: false } })),
  ],
  'DELETE /Users/:id': (ids) => byId('Users', ids.user, 404),
  'GET /Groups': (ids) => lists('/Groups', groupFilters(ids)),
  'POST /Groups/.search': (ids) => searches('/Groups/.search', groupFilters(ids)),
  'POST /Groups': (ids) => [{ path: '/Groups', body: { displayName: newId(), members: member(ids) }, status: 400 }],
  'GET /Groups/:id': (ids) => byId('Groups', ids.group, 404),
  'PUT /Groups/:id': (ids) => [
    ...byId('Groups', ids.group, 404, { displayName: 'Taken over' }),
    ...byId('Groups', ownGroup, 400, { displayName: 'Own', members: member(ids) }),
  ],
  'PATCH /Groups/:id': (ids) => [
    ...byId('Groups', ids.group, 404, addMembers([])),
    ...byId('Groups', ids.group, 404, patchOf({ op: 'remove', path: 'members' })),
    ...byId('Groups', ownGroup, 400, addMembers([ids.user])),
    ...byId('Groups', ownGroup, 204, patchOf({ op: 'remove', path: `members[value eq "${ids.user}"]` })),
  ],
  'DELETE /Groups/:id': (ids) => byId('Groups', ids.group, 404),
  'POST /.search': (ids) => searches('/.search', [...about(ids), ...groupFilters(ids)]),
  'GET /Roles': () => [{ path: '/Roles', status: 200 }],
  'POST /Roles/.search': (ids) => searches('/Roles/.search', [`id eq "${ids.entitlement}"`]),
  'GET /Roles/:id': (ids) => [{ path: `/Roles/${ids.entitlement}`, status: 404 }],
  'GET /Entitlements': (ids) => lists('/Entitlements', [`id eq "${ids.entitlement}"`]),
  'POST /Entitlements/.search': (ids) => searches('/Entitlements/.search', [`id eq "${ids.entitlement}"`]),
  'GET /Entitlements/:id': (ids) => [{ path: `/Entitlements/${ids.entitlement}`, status: 404 }],
  'POST /Bulk': (ids) => [
    {
      path: '/Bulk',
      status: 200,
      body: {
        schemas: BULK,
        Operations: [
          { method: 'DELETE', path: `/Users/${ids.user}` },
          { method: 'PATCH', path: `/Users/${ids.user}`, data: title },
          { method: 'PUT', path: `/Groups/${ids.group}`, data: { displayName: 'Taken over' } },
          { method: 'DELETE', path: `/Groups/${ids.group}` },
          { method: 'POST', path: '/Groups', bulkId: 'g', data: { displayName: newId(), members: member(ids) } },
        ],
      },
    },
  ],
}

const routes = [
  ...new Set(
    scimApp.routes
      .filter((each) => each.method !== 'ALL' && each.path.startsWith('/scim/v2/:org/'))
      .map((each) => `${each.method} ${each.path.slice('/scim/v2/:org'.length)}`),
  ),
]

let foreign: Ids

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
  ownGroup = String((await send(porter, 'POST', '/Groups', { displayName: 'Own' })).body.id)
  const name = `alice@${rabbit.domain}`
  const user = await makePerson(rabbit, { userName: name, externalId: `00u${name}`, emails: [{ value: name }] })
  const party = await send(rabbit, 'POST', '/Groups', { displayName: 'Tea party', members: [{ value: user }] })
  await withOrg(rabbit.orgId, (tx) =>
    tx.insert(entitlements).values({ orgId: rabbit.orgId, value: 'tea-room-vip', displayName: 'Tea' }),
  )
  foreign = { user, group: String(party.body.id), entitlement: 'tea-room-vip', name }
  await flushEvents()
})
afterAll(shutdown)

const inventedIds = (): Ids => ({
  user: newId(),
  group: newId(),
  entitlement: 'nothing',
  name: `nobody@${newId()}.example`,
})

/** Everything of the victim, its log included, as text. */
const everything = () =>
  withOrg(rabbit.orgId, async (tx) => {
    await flushEvents()
    const tables = [users, groups, groupMembers, entitlements, events, userHistory]
    const rows = []
    for (const table of tables)
      rows.push(await tx.select().from(table).where(eq(table.orgId, rabbit.orgId)).orderBy(sql`1, 2, 3`))
    return JSON.stringify(rows)
  })

/** An answer without what differs between any two: the ids asked for, new ids, event references and times. */
function plain(answer: { status: number; body: unknown; headers: Headers }, ids: Ids): string {
  let text = JSON.stringify([answer.status, answer.body, answer.headers.get('etag')])
  for (const [kind, id] of Object.entries(ids)) text = text.replaceAll(id, `<${kind}>`)
  return text
    .replaceAll(/evt_[0-9a-f]{32}/g, 'evt')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'id')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
}

test('every route of the service has a row in this matrix, and no row is without a route', () => {
  expect(Object.keys(cases).sort()).toEqual([...routes].sort())
})

test.each(Object.keys(cases))(
  '%s with the other company’s ids: the answer of an invented id, nothing changed, the attempt in our log',
  async (route) => {
    const [method = ''] = route.split(' ')
    const before = await everything()
    const random = inventedIds()
    const tries = cases[route]?.(foreign) ?? []
    const same = cases[route]?.(random) ?? []
    for (const [i, each] of tries.entries()) {
      const invented = await send(porter, method, same[i]?.path ?? '', same[i]?.body)
      const real = await send(porter, method, each.path, each.body)
      expect(real.status, each.path).toBe(each.status)
      expect(plain(real, foreign), each.path).toBe(plain(invented, random))
      const said = JSON.stringify(real.body).replaceAll(foreign.user, '').replaceAll(foreign.group, '')
      expect(said).not.toMatch(/alice|Tea party|White Rabbit/)
      await flushEvents()
      const [logged] = (await listEvents(porter.orgId, { limit: 1, reads: true })).events
      expect(logged?.outcome, each.path).toEqual(
        each.status >= 400 || (method === 'POST' && each.path === '/Bulk')
          ? 'failed'
          : expect.stringMatching(/success|skipped/),
      )
      if (each.path !== '/Bulk') expect(logged).toMatchObject({ method, actorKind: 'okta' })
    }
    expect(await everything()).toBe(before)
  },
)

test.each(Object.keys(cases))(
  '%s on our address with the other company’s token: the one 401, and both are told',
  async (route) => {
    const [method = ''] = route.split(' ')
    const invalid = await send(porter, method, '/Users', undefined, { as: { token: 'nonsense' } })
    for (const { path, body } of cases[route]?.(inventedIds()) ?? []) {
      const refused = await send(porter, method, path, body, { as: rabbit })
      expect(refused.status).toBe(401)
      expect(refused.body).toEqual(invalid.body)
    }
    await flushEvents()
    expect((await listEvents(rabbit.orgId, { limit: 1 })).events[0]).toMatchObject({
      type: 'access.blocked',
      outcome: 'blocked',
      status: 401,
    })
  },
)

import fc from 'fast-check'
import { oktaUser } from './client'
import { addMembers } from './people'

/** The ids requests name, by place: 0-2 people and 6 a group of the company that asks. Set before anything is drawn. */
export const ids: string[] = []

const ATTRIBUTES = [
  'userName',
  'name.givenName',
  'emails',
  'emails.value',
  'active',
  'groups',
  'members',
  'meta.created',
  'id',
  'externalId',
  'displayName',
  'roles',
  'manager',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value',
  'nonsense',
  '__proto__',
  'schemas',
  'password',
  '',
]
const name = fc.constantFrom(...ATTRIBUTES)
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    "'; drop table users; --",
    '%',
    'x'.repeat(5_000),
    'true',
    'False',
    '2026-01-01T00:00:00Z',
  ),
)
const anyId = fc.nat().map((i) => ids[i % ids.length] ?? '')
const json = fc.oneof(odd, anyId, fc.jsonValue({ maxDepth: 3 }), fc.boolean(), fc.constant(null))

const filter: fc.Arbitrary<string> = fc.letrec<{ f: string }>((tie) => {
  const op = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'EQ', 'xx')
  const value = fc.oneof(
    json.map((each) => JSON.stringify(each) ?? 'null'),
    odd,
  )
  const compare = fc.tuple(name, op, value).map((parts) => parts.join(' '))
  return {
    f: fc.oneof(
      { maxDepth: 3 },
      { weight: 5, arbitrary: compare },
      name.map((each) => `${each} pr`),
      fc.tuple(tie('f'), fc.constantFrom(' and ', ' or ', ' ', ')('), tie('f')).map((parts) => parts.join('')),
      tie('f').map((each) => `not (${each})`),
      tie('f').map((each) => `emails[${each}]`),
      odd,
    ),
  }
}).f

const operation = fc.record(
  {
    op: fc.constantFrom('add', 'replace', 'remove', 'Add', 'move', ''),
    path: fc.oneof(
      name,
      filter,
      filter.map((each) => `members[${each}]`),
      filter.map((each) => `emails[${each}].value`),
    ),
    value: fc.oneof(
      json,
      anyId.map((value) => [{ value }]),
      fc.dictionary(name, json, { maxKeys: 4 }),
    ),
  },
  { requiredKeys: ['op'] },
)
const patch = fc.array(operation, { maxLength: 4 }).map((Operations) => ({ Operations }))
const user = fc.tuple(fc.uuid(), fc.dictionary(name, json, { maxKeys: 5 })).map(([id, rest]) => oktaUser(id, rest))
const group = fc.record({
  displayName: odd,
  members: fc.oneof(
    json,
    fc.array(
      anyId.map((value) => ({ value })),
      { maxLength: 4 },
    ),
  ),
})
const searches = fc.record(
  {
    filter: fc.oneof(filter, json),
    startIndex: json,
    count: json,
    cursor: odd,
    sortBy: name,
    sortOrder: odd,
    attributes: fc.oneof(odd, fc.array(name)),
  },
  { requiredKeys: [] },
)
const bulk = fc
  .array(
    fc.record(
      {
        method: fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'GET'),
        path: fc.oneof(
          anyId.map((id) => `/Users/${id}`),
          anyId.map((id) => `/Groups/${id}`),
          fc.constantFrom('/Users', '/Groups', '/Bulk', '/'),
        ),
        bulkId: fc.constantFrom('1', '2', '3'),
        version: odd,
        data: fc.oneof(user, group, patch, json),
      },
      { requiredKeys: ['method', 'path'] },
    ),
    { maxLength: 4 },
  )
  .map((Operations) => ({ schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations }))

const body = fc.oneof(user, group, patch, searches, bulk, json).map((each) => JSON.stringify(each) ?? 'null')
const broken = fc.oneof(
  odd,
  body.map((each) => each.slice(0, -1)),
  fc.constant('['.repeat(5_000)),
)
const path = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '/Users',
      '/Groups',
      '/.search',
      '/Users/.search',
      '/Groups/.search',
      '/Bulk',
      '/Me',
      '/Roles',
      '/Entitlements',
      '/Schemas',
      '/ResourceTypes',
      '/ServiceProviderConfig',
      '/',
      '',
      '/nonsense',
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('/Users/', '/Groups/', '/Roles/', '/Schemas/'), anyId)
      .map((parts) => parts.join('')),
  },
)
const query = fc.array(
  fc.oneof(
    filter.map((each) => ['filter', each] as const),
    fc.tuple(
      fc.constantFrom('startIndex', 'count', 'cursor', 'sortBy', 'sortOrder', 'attributes', 'excludedAttributes', 'x'),
      fc.oneof(odd, name, fc.integer().map(String)),
    ),
  ),
  { maxLength: 3 },
)
const wild = fc.record({
  method: fc.constantFrom('GET', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'),
  path,
  query,
  body: fc.oneof({ weight: 5, arbitrary: body }, { weight: 1, arbitrary: broken }),
  type: fc.constantFrom('application/scim+json', 'application/scim+json', 'application/json', 'text/plain', ''),
  tag: fc.option(fc.constantFrom('*', 'W/"1-0"', '"1"', 'x', ''), { nil: undefined, freq: 1 }),
})

/** Requests that mostly get through: the right body for the path, and ids of people who are there. */
const TYPE = fc.constant('application/scim+json')
const tag = fc.constantFrom(undefined, undefined, '*', 'W/"1-0"', 'W/"99"')
const none = fc.constant([])
const ownUser = fc.constantFrom(0, 1, 2).map((i) => `/Users/${ids[i]}`)
const ownGroup = fc.constant(6).map((i) => `/Groups/${ids[i]}`)
const of = (method: string, path: fc.Arbitrary<string>, body: fc.Arbitrary<unknown>) =>
  fc.record({
    method: fc.constant(method),
    path,
    query: none,
    body: body.map((each) => JSON.stringify(each)),
    type: TYPE,
    tag,
  })
const single = fc.tuple(fc.constantFrom('title', 'name.givenName', 'emails[type eq "work"].value', 'displayName'), odd)
const change = single.map(([path, value]) => ({ Operations: [{ op: 'replace', path, value }] }))
const tame = fc.oneof(
  of(
    'POST',
    fc.constant('/Users'),
    fc.uuid().map((id) => oktaUser(id)),
  ),
  of(
    'POST',
    fc.constant('/Groups'),
    fc.uuid().map((displayName) => ({ displayName, members: [] })),
  ),
  of('PATCH', ownUser, fc.oneof(change, patch)),
  of('PATCH', ownGroup, patch),
  of(
    'PATCH',
    ownGroup,
    fc.nat(2).map((i) => addMembers([ids[i] ?? ''])),
  ),
  of('PUT', ownUser, user),
  of('PUT', ownGroup, group),
  of('POST', fc.constant('/Bulk'), bulk),
  of('POST', fc.constantFrom('/.search', '/Users/.search', '/Groups/.search'), fc.record({ filter })),
)
/** One request: a wild one, which seldom gets past the first checks, or a tame one. */
export const anyRequest = fc.oneof({ weight: 3, arbitrary: wild }, { weight: 2, arbitrary: tame })

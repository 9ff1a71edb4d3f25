import { expect, test } from 'vitest'
import { attributeOf, groupCauses, routeOf } from './causes'
import type { EventView } from './view'

test.each([
  ["userName 'ada@porter.example' is already used in this organization.", 'userName'],
  ['name.familyName is required.', 'name.familyName'],
  ['emails[type eq "work"].value must be an e-mail address.', 'emails[type eq "work"].value'],
  ['The bearer token is missing or not valid for this address.', null],
  ['There is no user with this id.', null],
  ['', null],
])('the attribute of %j is %j', (detail, attribute) => {
  expect(attributeOf(detail)).toBe(attribute)
})

test.each([
  ['POST', '/scim/v2/porter/Users', 'POST /Users'],
  ['PATCH', '/scim/v2/porter/Users/0198-x', 'PATCH /Users/…'],
  ['GET', '/scim/v2/porter/Users?filter=x', 'GET /Users'],
  ['POST', '/scim/v2/porter/Users/.search', 'POST /Users/…'],
  ['GET', '/scim/v2/porter', 'GET /'],
  [null, null, null],
])('%s %s is the route %s', (method, path, route) => {
  expect(routeOf(method, path)).toBe(route)
})

const failed = (id: string, path: string, detail: string, count = 1): EventView => ({
  id,
  ref: `evt_${id}`,
  at: '2026-10-01T10:00:00.000Z',
  type: 'user.created',
  outcome: 'failed',
  actorKind: 'okta',
  actorId: 'x',
  actorName: 'Okta',
  targetKind: 'user',
  targetId: null,
  targetName: null,
  method: 'POST',
  path,
  status: 409,
  diff: null,
  effects: null,
  trace: null,
  error: { status: 409, scimType: 'uniqueness', detail },
  oktaEvent: null,
  requestId: null,
  ip: null,
  count,
  read: false,
})

test('failures of one cause are one line with the newest of them, the most frequent first', () => {
  const users = '/scim/v2/porter/Users'
  const causes = groupCauses([
    failed('5', users, "externalId '1' is already used."),
    failed('4', users, "userName 'a' is already used."),
    failed('3', users, "userName 'b' is already used.", 3),
  ])
  expect(causes.map(({ n, attribute, route, latest }) => [n, attribute, route, latest.id])).toEqual([
    [4, 'userName', 'POST /Users', '4'],
    [1, 'externalId', 'POST /Users', '5'],
  ])
})

test('a wrong token is one cause whatever it was tried for; each token that is known one of its own', () => {
  const refused = (id: string, path: string, token: string | null): EventView => ({
    ...failed(id, path, 'The token is over.'),
    ...{ type: 'token.refused', outcome: 'blocked', targetKind: token === null ? null : 'token', targetId: token },
    error: { status: 401, scimType: 'revoked', detail: 'x' },
  })
  const causes = groupCauses([
    refused('4', '/scim/v2/porter/Users', 'one'),
    refused('3', '/scim/v2/porter/Users/1', 'one'),
    refused('2', '/scim/v2/porter/Users/1', 'two'),
    refused('1', '/scim/v2/porter/Groups', null),
  ])
  expect(causes.map(({ n, route, latest }) => [n, route, latest.targetId])).toEqual([
    [2, null, 'one'],
    [1, null, 'two'],
    [1, null, null],
  ])
})

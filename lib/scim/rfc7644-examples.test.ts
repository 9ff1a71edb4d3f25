import { describe, expect, test } from 'vitest'
import { BULK_REQUEST_SCHEMA, parseBulk } from './bulk'
import { orderBulk, resolveBulkIds } from './bulk-order'
import { badRequest, errorBody, ScimError } from './errors'
import { deepFreeze } from './fixtures'
import { listResponse, parseListQuery } from './list'
import { applyUserPatch, PATCH_SCHEMA, parsePatch, planGroupPatch } from './patch'
import { project, projectionOf } from './projection'
import { userResource } from './resource'
import { USER_SCHEMA } from './schemas/user'
import { parseUser, type UserAttributes } from './user'

const strict = { mode: 'strict' } as const
const okta = { mode: 'okta' } as const
const baseUrl = 'https://example.com/v2'

const bjensen: UserAttributes = deepFreeze({
  userName: 'bjensen',
  externalId: 'bjensen',
  active: true,
  name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen', givenName: 'Barbara', middleName: 'Jane' },
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@jensen.org', type: 'home' },
  ],
  addresses: [
    { type: 'work', streetAddress: '100 Universal City Plaza', locality: 'Hollywood', region: 'CA', country: 'USA' },
    { type: 'home', streetAddress: '456 Hollywood Blvd', locality: 'Hollywood' },
  ],
})

const body = (...Operations: object[]) => ({ schemas: [PATCH_SCHEMA], Operations })
const patchUser = (...operations: object[]) => applyUserPatch(bjensen, parsePatch(body(...operations), okta), okta)
const planGroup = (...operations: object[]) => planGroupPatch(parsePatch(body(...operations), strict), strict)

describe('RFC 7644 §3.3 Creating Resources', () => {
  test('the request is read, the answer has id and meta', () => {
    const request = {
      schemas: [USER_SCHEMA],
      userName: 'bjensen',
      externalId: 'bjensen',
      name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen', givenName: 'Barbara' },
    }
    const attributes = parseUser(request, strict)
    const at = new Date('2011-08-01T21:32:44.882Z')
    const stored = { id: '2819c223', created: at, modified: at, version: 'W/"1-0"' }
    expect(userResource({ ...stored, attributes, groups: [] }, baseUrl)).toEqual({
      ...request,
      id: '2819c223',
      active: true,
      meta: {
        resourceType: 'User',
        created: '2011-08-01T21:32:44.882Z',
        lastModified: '2011-08-01T21:32:44.882Z',
        location: 'https://example.com/v2/Users/2819c223',
        version: 'W/"1-0"',
      },
    })
  })
})

describe('RFC 7644 §3.4 Retrieving Resources', () => {
  test('§3.4.1.1 is an example of the user as stored; §3.9 of one with userName only', () => {
    const resource = { schemas: [USER_SCHEMA], id: '2819c223', ...bjensen }
    expect(project(resource, projectionOf('userName', undefined, 'User'))).toEqual({
      schemas: [USER_SCHEMA],
      id: '2819c223',
      userName: 'bjensen',
    })
  })

  test('§3.4.2: two users by family name', () => {
    const query = parseListQuery(new URLSearchParams('attributes=userName'), 'User')
    const users = ['bjensen', 'jsmith'].map((userName, i) => ({ schemas: [USER_SCHEMA], id: `${i}`, userName }))
    const shown = users.map((each) => project(each, projectionOf(query.attributes, undefined, 'User')))
    expect(listResponse(shown, 2, query.startIndex)).toMatchObject({
      totalResults: 2,
      itemsPerPage: 2,
      Resources: [{ userName: 'bjensen' }, { userName: 'jsmith' }],
    })
  })

  test('§3.4.2.4: the first ten of a hundred', () => {
    const { startIndex, count } = parseListQuery(new URLSearchParams('startIndex=1&count=10'), 'User')
    expect(
      listResponse(
        Array.from({ length: count }, () => ({})),
        100,
        startIndex,
      ),
    ).toMatchObject({
      totalResults: 100,
      itemsPerPage: 10,
      startIndex: 1,
    })
  })
})

describe('RFC 7644 §3.5.1 Replacing with PUT', () => {
  test('what is not said is gone, groups and id are not taken', () => {
    const replaced = parseUser(
      {
        schemas: [USER_SCHEMA],
        id: '2819c223',
        userName: 'bjensen',
        externalId: 'bjensen',
        name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen', givenName: 'Barbara', middleName: 'Jane' },
        roles: [],
        emails: [{ value: 'bjensen@example.com' }, { value: 'babs@jensen.org' }],
      },
      strict,
    )
    expect(replaced).toEqual({
      userName: 'bjensen',
      externalId: 'bjensen',
      active: true,
      name: bjensen.name,
      emails: [{ value: 'bjensen@example.com' }, { value: 'babs@jensen.org' }],
    })
  })
})

describe('RFC 7644 §3.5.2 Modifying with PATCH', () => {
  test('§3.5.2.1: add a member', () => {
    const value = [{ display: 'Babs Jensen', $ref: 'https://example.com/v2/Users/2819c223', value: '2819c223' }]
    expect(planGroup({ op: 'add', path: 'members', value })).toEqual([{ kind: 'addMembers', ids: ['2819c223'] }])
  })

  test('§3.5.2.1: add without a path: an e-mail and a nickname', () => {
    const next = patchUser({
      op: 'add',
      value: { emails: [{ value: 'babs@jensen.org', type: 'home' }], nickName: 'Babs' },
    })
    expect(next).toEqual({ ...bjensen, nickName: 'Babs' })
  })

  test('§3.5.2.2: remove one member by its id', () => {
    expect(planGroup({ op: 'remove', path: 'members[value eq "2819c223"]' })).toEqual([
      { kind: 'removeMembers', ids: ['2819c223'] },
    ])
  })

  test('§3.5.2.2: remove all members', () => {
    expect(planGroup({ op: 'remove', path: 'members' })).toEqual([{ kind: 'removeAllMembers' }])
  })

  test('§3.5.2.2: remove e-mails by type and value', () => {
    const next = patchUser({ op: 'remove', path: 'emails[type eq "work" and value ew "example.com"]' })
    expect(next.emails).toEqual([{ value: 'babs@jensen.org', type: 'home' }])
  })

  test('§3.5.2.2: remove one member and add another in one request', () => {
    expect(
      planGroup(
        { op: 'remove', path: 'members[value eq "2819c223"]' },
        { op: 'add', path: 'members', value: [{ display: 'James Smith', value: '08e1d05d' }] },
      ),
    ).toEqual([
      { kind: 'removeMembers', ids: ['2819c223'] },
      { kind: 'addMembers', ids: ['08e1d05d'] },
    ])
  })

  test('§3.5.2.2: remove all members and add two in one request', () => {
    expect(
      planGroup(
        { op: 'remove', path: 'members' },
        { op: 'add', path: 'members', value: [{ value: '2819c223' }, { value: '08e1d05d' }] },
      ),
    ).toEqual([{ kind: 'removeAllMembers' }, { kind: 'addMembers', ids: ['2819c223', '08e1d05d'] }])
  })

  test('§3.5.2.3: replace all members', () => {
    expect(
      planGroup({ op: 'replace', path: 'members', value: [{ value: '2819c223' }, { value: '08e1d05d' }] }),
    ).toEqual([{ kind: 'replaceMembers', ids: ['2819c223', '08e1d05d'] }])
  })

  test('§3.5.2.3: replace the work address', () => {
    const value = {
      type: 'work',
      streetAddress: '911 Universal City Plaza',
      locality: 'Hollywood',
      region: 'CA',
      postalCode: '91608',
      country: 'US',
      formatted: '911 Universal City Plaza\nHollywood, CA 91608 US',
      primary: true,
    }
    const next = patchUser({ op: 'replace', path: 'addresses[type eq "work"]', value })
    expect(next.addresses).toEqual([value, bjensen.addresses?.[1]])
  })

  test('§3.5.2.3: replace the street of the work address', () => {
    const next = patchUser({
      op: 'replace',
      path: 'addresses[type eq "work"].streetAddress',
      value: '1010 Broadway Ave',
    })
    expect(next.addresses?.[0]).toEqual({ ...bjensen.addresses?.[0], streetAddress: '1010 Broadway Ave' })
  })

  test('§3.5.2.3: replace without a path: e-mails and a nickname', () => {
    const emails = [
      { value: 'bjensen@example.com', type: 'work', primary: true },
      { value: 'babs@jensen.org', type: 'home' },
    ]
    expect(patchUser({ op: 'replace', value: { emails, nickName: 'Babs' } })).toEqual({
      ...bjensen,
      emails,
      nickName: 'Babs',
    })
  })
})

describe('RFC 7644 §3.7.2 Bulk with bulkId', () => {
  test('a user is made before the group that names it, and its id put in place', () => {
    const { entries } = parseBulk({
      schemas: [BULK_REQUEST_SCHEMA],
      Operations: [
        { method: 'POST', path: '/Users', bulkId: 'qwerty', data: { schemas: [USER_SCHEMA], userName: 'Alice' } },
        {
          method: 'POST',
          path: '/Groups',
          bulkId: 'ytrewq',
          data: { displayName: 'Tour Guides', members: [{ type: 'User', value: 'bulkId:qwerty' }] },
        },
      ],
    })
    const [, group] = orderBulk(entries)
    expect(
      group && 'operation' in group && resolveBulkIds(group.operation.data, new Map([['qwerty', '92b725cd']])),
    ).toEqual({
      value: { displayName: 'Tour Guides', members: [{ type: 'User', value: '92b725cd' }] },
    })
  })
})

describe('RFC 7644 §3.12 errors', () => {
  test.each([
    ['404', errorBody(new ScimError(404, undefined, 'Resource 2819c223 not found')), undefined],
    ['400', errorBody(badRequest('mutability', "Attribute 'id' is readOnly")), 'mutability'],
  ])('%s', (status, error, scimType) => {
    expect(error.status).toBe(status)
    expect(error.scimType).toBe(scimType)
    expect(error.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error'])
  })
})

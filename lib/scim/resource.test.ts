import { describe, expect, test } from 'vitest'
import { BASE_URL, john } from './fixtures'
import { catalogueResource, groupResource, locationOf, userResource } from './resource'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'
import { GROUP_SCHEMA } from './schemas/group'
import { USER_SCHEMA } from './schemas/user'

const stored = {
  created: new Date('2026-01-31T09:30:00Z'),
  modified: new Date('2026-02-01T10:00:00Z'),
  version: 'W/"3-0"',
}

describe('userResource (RFC 7643 §3, §4.1)', () => {
  const resource = userResource(
    { ...stored, id: 'u-1', attributes: john, groups: [{ value: 'g-1', display: 'Porters' }] },
    BASE_URL,
  )

  test('has the stored attributes and what the server adds', () => {
    expect(resource).toEqual({
      schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
      id: 'u-1',
      ...john,
      groups: [{ value: 'g-1', $ref: `${BASE_URL}/Groups/g-1`, display: 'Porters', type: 'direct' }],
      meta: {
        resourceType: 'User',
        created: '2026-01-31T09:30:00.000Z',
        lastModified: '2026-02-01T10:00:00.000Z',
        location: `${BASE_URL}/Users/u-1`,
        version: 'W/"3-0"',
      },
    })
  })

  test('names the extension only when there is something in it', () => {
    const { [ENTERPRISE_SCHEMA]: _gone, ...attributes } = john
    expect(userResource({ ...stored, id: 'u-1', attributes, groups: [] }, BASE_URL).schemas).toEqual([USER_SCHEMA])
  })

  test('no groups, no attribute (RFC 7643 §2.5)', () => {
    expect('groups' in userResource({ ...stored, id: 'u-1', attributes: john, groups: [] }, BASE_URL)).toBe(false)
  })

  test('what was stored cannot speak for the server', () => {
    const attributes = { ...john, meta: { version: 'forged' } }
    expect(userResource({ ...stored, id: 'u-1', attributes, groups: [] }, BASE_URL).meta).toMatchObject({
      version: 'W/"3-0"',
    })
  })
})

describe('groupResource (RFC 7643 §4.2)', () => {
  const view = { ...stored, id: 'g-1', attributes: { displayName: 'Porters' } }

  test('members have value, $ref, display and type', () => {
    const members = [{ value: 'u-1', display: 'John Doe' }, { value: 'u-2' }]
    expect(groupResource({ ...view, members }, BASE_URL)).toMatchObject({
      schemas: [GROUP_SCHEMA],
      id: 'g-1',
      displayName: 'Porters',
      members: [
        { value: 'u-1', $ref: `${BASE_URL}/Users/u-1`, display: 'John Doe', type: 'User' },
        { value: 'u-2', $ref: `${BASE_URL}/Users/u-2`, type: 'User' },
      ],
      meta: { resourceType: 'Group', location: `${BASE_URL}/Groups/g-1` },
    })
  })

  test('an empty group has an empty list; one whose members were not loaded has none', () => {
    expect(groupResource({ ...view, members: [] }, BASE_URL).members).toEqual([])
    expect('members' in groupResource(view, BASE_URL)).toBe(false)
  })

  test.each([
    [{ displayName: 'P', externalId: 'x' }, 'x'],
    [{ displayName: 'P', externalId: null }, undefined],
    [{ displayName: 'P' }, undefined],
  ])('externalId of %j', (attributes, expected) => {
    expect(groupResource({ ...view, attributes }, BASE_URL).externalId).toBe(expected)
  })
})

describe('catalogueResource: Okta’s Role and Entitlement', () => {
  test.each([
    ['Role', 'urn:okta:scim:schemas:core:1.0:Role', '/Roles/manager'],
    ['Entitlement', 'urn:okta:scim:schemas:core:1.0:Entitlement', '/Entitlements/manager'],
  ] as const)('%s', (type, schema, path) => {
    const view = { ...stored, id: 'manager', displayName: 'Manager', type: null, description: 'Sees the team' }
    expect(catalogueResource(type, view, BASE_URL)).toMatchObject({
      schemas: [schema],
      id: 'manager',
      displayName: 'Manager',
      description: 'Sees the team',
      meta: { resourceType: type, location: BASE_URL + path },
    })
    expect('type' in catalogueResource(type, view, BASE_URL)).toBe(false)
  })
})

test('an id is escaped in its address', () => {
  expect(locationOf('User', 'a/b?c', BASE_URL)).toBe(`${BASE_URL}/Users/a%2Fb%3Fc`)
})

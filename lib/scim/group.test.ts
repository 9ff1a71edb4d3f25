import { describe, expect, test } from 'vitest'
import { detailOf, oktaGroup, refusalOf } from './fixtures'
import { parseGroup } from './group'
import { GROUP_SCHEMA } from './schemas/group'

const okta = { mode: 'okta' } as const
const strict = { mode: 'strict' } as const
const minimal = { schemas: [GROUP_SCHEMA], displayName: 'Porters' }

describe('RFC 7644 §3.3: POST and PUT /Groups', () => {
  test('RFC 7643 §8.4: the group example', () => {
    const body = {
      schemas: [GROUP_SCHEMA],
      id: 'e9e30dba-f08f-4109-8486-d5c6a331660a',
      displayName: 'Tour Guides',
      members: [
        { value: '2819c223', $ref: 'https://example.com/v2/Users/2819c223', display: 'Babs Jensen' },
        { value: '902c246b', $ref: 'https://example.com/v2/Users/902c246b', display: 'Mandy Pepperidge', type: 'User' },
      ],
    }
    expect(parseGroup(body, strict)).toEqual({
      displayName: 'Tour Guides',
      members: [{ value: '2819c223' }, { value: '902c246b' }],
    })
  })

  test.each<[string, Record<string, unknown>, unknown]>([
    ['Okta: members: []', oktaGroup, []],
    ['no members', minimal, []],
    ['members null', { ...minimal, members: null }, []],
    ['a member twice', { ...minimal, members: [{ value: 'a' }, { value: 'a' }] }, [{ value: 'a' }]],
    ['names in any case', { DISPLAYNAME: 'Porters', Members: [{ value: 'a' }] }, [{ value: 'a' }]],
  ])('%s', (_name, body, members) => {
    expect(parseGroup(body, okta)).toEqual({ displayName: 'Porters', members })
  })

  test('externalId is kept, other attributes are not', () => {
    expect(parseGroup({ ...minimal, externalId: 'x', description: 'y', id: 'z' }, okta)).toEqual({
      displayName: 'Porters',
      externalId: 'x',
      members: [],
    })
  })

  test('Okta: an empty externalId is none', () => {
    expect('externalId' in parseGroup({ ...minimal, externalId: '' }, okta)).toBe(false)
  })

  test('50,000 members are read', () => {
    const members = Array.from({ length: 50_000 }, (_, i) => ({ value: `u-${i}`, display: 'x' }))
    expect(parseGroup({ ...minimal, members }, okta).members).toHaveLength(50_000)
  })
})

describe('refusals', () => {
  test.each<[string, unknown, string]>([
    ['no body', undefined, '400 invalidSyntax'],
    ['a list', [], '400 invalidSyntax'],
    ['no displayName', {}, '400 invalidValue'],
    ['an empty displayName', { displayName: '' }, '400 invalidValue'],
    ['a displayName of blanks', { displayName: '  ' }, '400 invalidValue'],
    ['a displayName that is a number', { displayName: 7 }, '400 invalidValue'],
    ['a displayName with NUL', { displayName: 'a\u0000' }, '400 invalidValue'],
    ['members that are no list', { ...minimal, members: 7 }, '400 invalidValue'],
    ['a nested group', { ...minimal, members: [{ value: 'g', type: 'group' }] }, '400 invalidValue'],
    ['displayName in two spellings', { displayName: 'a', displayname: 'b' }, '400 invalidSyntax'],
  ])('%s', (_name, body, expected) => {
    expect(refusalOf(() => parseGroup(body, okta))).toBe(expected)
  })

  test('the sentence on nested groups says what to do', () => {
    const detail = detailOf(() => parseGroup({ ...minimal, members: [{ value: 'g', type: 'Group' }] }, okta))
    expect(detail).toContain('groups do not nest')
    expect(detail).toContain('Push its people')
  })

  test.each<[string, unknown]>([
    ['an unknown attribute', { ...minimal, description: 'x' }],
    ['no schemas', { displayName: 'Porters' }],
    ['the user schema', { ...minimal, schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'] }],
  ])('strict: %s', (_name, body) => {
    expect(refusalOf(() => parseGroup(body, strict))).toBe('400 invalidSyntax')
  })
})

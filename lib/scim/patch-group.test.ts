import { describe, expect, test } from 'vitest'
import { refusalOf } from './fixtures'
import type { ScimOptions } from './options'
import { PATCH_SCHEMA, parsePatch, planGroupPatch } from './patch'
import { GROUP_SCHEMA } from './schemas/group'

const okta = { mode: 'okta' } as const
const strict = { mode: 'strict' } as const

const plan = (operations: unknown, opts: ScimOptions = okta) =>
  planGroupPatch(parsePatch({ schemas: [PATCH_SCHEMA], Operations: operations }, opts), opts)

describe('RFC 7644 §3.5.2 on groups', () => {
  test.each<[string, unknown, unknown]>([
    [
      'add members (§3.5.2.1)',
      [
        {
          op: 'add',
          path: 'members',
          value: [{ value: 'a', display: 'A', $ref: 'https://x/Users/a' }, { value: 'b' }],
        },
      ],
      [{ kind: 'addMembers', ids: ['a', 'b'] }],
    ],
    ['add one member', [{ op: 'add', path: 'members', value: { value: 'a' } }], [{ kind: 'addMembers', ids: ['a'] }]],
    [
      'Entra: the same member twice',
      [{ op: 'Add', path: 'members', value: [{ value: 'a' }, { value: 'a' }] }],
      [{ kind: 'addMembers', ids: ['a'] }],
    ],
    [
      'members as bare ids',
      [{ op: 'add', path: 'members', value: ['a', 'b'] }],
      [{ kind: 'addMembers', ids: ['a', 'b'] }],
    ],
    [
      'remove by filter (§3.5.2.2)',
      [{ op: 'remove', path: 'members[value eq "a"]' }],
      [{ kind: 'removeMembers', ids: ['a'] }],
    ],
    [
      'remove by a filter of two',
      [{ op: 'remove', path: 'members[value eq "a" or value eq "b"]' }],
      [{ kind: 'removeMembers', ids: ['a', 'b'] }],
    ],
    [
      'Entra: remove with a value array',
      [{ op: 'Remove', path: 'members', value: [{ value: 'a' }, { value: 'b' }] }],
      [{ kind: 'removeMembers', ids: ['a', 'b'] }],
    ],
    [
      'remove with an empty array removes nobody',
      [{ op: 'remove', path: 'members', value: [] }],
      [{ kind: 'removeMembers', ids: [] }],
    ],
    ['remove all members', [{ op: 'remove', path: 'members' }], [{ kind: 'removeAllMembers' }]],
    [
      'replace members (§3.5.2.3)',
      [{ op: 'replace', path: 'members', value: [{ value: 'a' }] }],
      [{ kind: 'replaceMembers', ids: ['a'] }],
    ],
    ['replace by nobody', [{ op: 'replace', path: 'members', value: [] }], [{ kind: 'replaceMembers', ids: [] }]],
    [
      'rename',
      [{ op: 'replace', path: 'displayName', value: 'Doors' }],
      [{ kind: 'setDisplayName', displayName: 'Doors' }],
    ],
    [
      'rename by URN',
      [{ op: 'replace', path: `${GROUP_SCHEMA}:DISPLAYNAME`, value: 'Doors' }],
      [{ kind: 'setDisplayName', displayName: 'Doors' }],
    ],
    [
      'URN keys without a path',
      [{ op: 'replace', value: { [`${GROUP_SCHEMA}:displayName`]: 'Doors' } }],
      [{ kind: 'setDisplayName', displayName: 'Doors' }],
    ],
    ['externalId', [{ op: 'add', path: 'externalId', value: 'x' }], [{ kind: 'setExternalId', externalId: 'x' }]],
    ['externalId removed', [{ op: 'remove', path: 'externalId' }], [{ kind: 'setExternalId', externalId: undefined }]],
    [
      'several attributes without a path',
      [{ op: 'add', value: { externalId: 'x', members: [{ value: 'a' }] } }],
      [
        { kind: 'setExternalId', externalId: 'x' },
        { kind: 'addMembers', ids: ['a'] },
      ],
    ],
  ])('%s', (_name, operations, expected) => {
    expect(plan(operations)).toEqual(expected)
  })
})

describe('Okta', () => {
  test('a group push: { id, displayName } replaced, then members added and removed', () => {
    expect(
      plan([
        { op: 'replace', value: { id: 'g-1', displayName: 'Porters' } },
        { op: 'add', path: 'members', value: [{ value: 'a', display: 'a@porter.example' }] },
        { op: 'remove', path: 'members[value eq "b"]' },
      ]),
    ).toEqual([
      { kind: 'setDisplayName', displayName: 'Porters' },
      { kind: 'addMembers', ids: ['a'] },
      { kind: 'removeMembers', ids: ['b'] },
    ])
  })

  test('attributes of its own profile are ignored', () => {
    expect(plan([{ op: 'replace', value: { description: 'x', displayName: 'P' } }])).toEqual([
      { kind: 'setDisplayName', displayName: 'P' },
    ])
  })
})

describe('steps', () => {
  test('of one kind that follow each other are joined, ids once', () => {
    expect(
      plan([
        { op: 'add', path: 'members', value: [{ value: 'a' }] },
        { op: 'add', path: 'members', value: [{ value: 'b' }, { value: 'a' }] },
        { op: 'remove', path: 'members[value eq "c"]' },
        { op: 'remove', path: 'members[value eq "d"]' },
        { op: 'add', path: 'members', value: [{ value: 'c' }] },
      ]),
    ).toEqual([
      { kind: 'addMembers', ids: ['a', 'b'] },
      { kind: 'removeMembers', ids: ['c', 'd'] },
      { kind: 'addMembers', ids: ['c'] },
    ])
  })

  test('of a replace are never joined: order matters', () => {
    expect(
      plan([
        { op: 'replace', path: 'members', value: [{ value: 'a' }] },
        { op: 'replace', path: 'members', value: [{ value: 'b' }] },
        { op: 'add', path: 'members', value: [{ value: 'c' }] },
      ]),
    ).toEqual([
      { kind: 'replaceMembers', ids: ['a'] },
      { kind: 'replaceMembers', ids: ['b'] },
      { kind: 'addMembers', ids: ['c'] },
    ])
  })

  test('a thousand operations of one member, and one of 50,000, are a step each', () => {
    const ids = Array.from({ length: 50_000 }, (_, i) => ({ value: `u-${i}` }))
    const single = ids.slice(0, 1_000).map((each) => ({ op: 'add', path: 'members', value: [each] }))
    expect(plan(single)).toHaveLength(1)
    const [step] = plan([{ op: 'add', path: 'members', value: ids }])
    expect(step).toMatchObject({ kind: 'addMembers' })
    expect(step && 'ids' in step && step.ids.length).toBe(50_000)
  })

  test('no operations, no steps', () => {
    expect(plan([])).toEqual([])
  })
})

describe('refusals', () => {
  test.each<[string, unknown, string]>([
    [
      'a nested group by type',
      [{ op: 'add', path: 'members', value: [{ value: 'g', type: 'Group' }] }],
      '400 invalidValue',
    ],
    [
      'a nested group by address',
      [{ op: 'add', path: 'members', value: [{ value: 'g', $ref: 'https://x/Groups/g' }] }],
      '400 invalidValue',
    ],
    ['a member without an id', [{ op: 'add', path: 'members', value: [{ display: 'A' }] }], '400 invalidValue'],
    ['an empty id', [{ op: 'add', path: 'members', value: [{ value: '' }] }], '400 invalidValue'],
    ['an id that is a number', [{ op: 'add', path: 'members', value: [{ value: 7 }] }], '400 invalidValue'],
    ['an id with NUL', [{ op: 'add', path: 'members', value: [{ value: 'a\u0000' }] }], '400 invalidValue'],
    [
      'an id of 129 characters',
      [{ op: 'add', path: 'members', value: [{ value: 'a'.repeat(129) }] }],
      '400 invalidValue',
    ],
    ['a list of null', [{ op: 'add', path: 'members', value: [null] }], '400 invalidValue'],
    ['a number for members', [{ op: 'add', path: 'members', value: 7 }], '400 invalidValue'],
    ['another filter', [{ op: 'remove', path: 'members[display eq "A"]' }], '400 invalidFilter'],
    ['ne', [{ op: 'remove', path: 'members[value ne "a"]' }], '400 invalidFilter'],
    ['and', [{ op: 'remove', path: 'members[value eq "a" and value eq "b"]' }], '400 invalidFilter'],
    ['a changed member', [{ op: 'replace', path: 'members[value eq "a"]', value: { value: 'b' } }], '400 mutability'],
    [
      'a sub-attribute of a member',
      [{ op: 'replace', path: 'members[value eq "a"].display', value: 'b' }],
      '400 mutability',
    ],
    ['a sub-attribute of all members', [{ op: 'replace', path: 'members.value', value: 'b' }], '400 mutability'],
    ['removing displayName', [{ op: 'remove', path: 'displayName' }], '400 mutability'],
    ['an empty displayName', [{ op: 'replace', path: 'displayName', value: '' }], '400 invalidValue'],
    ['displayName null', [{ op: 'replace', value: { displayName: null } }], '400 invalidValue'],
    ['id with a path', [{ op: 'replace', path: 'id', value: 'x' }], '400 mutability'],
    ['meta with a path', [{ op: 'remove', path: 'meta.created' }], '400 mutability'],
    ['an unknown attribute', [{ op: 'replace', path: 'description', value: 'x' }], '400 invalidPath'],
    ['an attribute of users', [{ op: 'replace', path: 'userName', value: 'x' }], '400 invalidPath'],
    ['remove without a path', [{ op: 'remove' }], '400 noTarget'],
    ['__proto__', [{ op: 'add', path: '__proto__.x', value: 'x' }], '400 invalidPath'],
    ['constructor as a key', [{ op: 'add', value: { constructor: 'x' } }], '400 invalidPath'],
    ['no path and no object', [{ op: 'add', value: [] }], '400 invalidValue'],
  ])('%s', (_name, operations, expected) => {
    expect(refusalOf(() => plan(operations))).toBe(expected)
  })

  test.each<[string, unknown, string]>([
    ['no path', [{ op: 'replace', value: { displayName: 'P' } }], '400 invalidPath'],
    ['bare ids', [{ op: 'add', path: 'members', value: ['a'] }], '400 invalidValue'],
    ['one object for a list', [{ op: 'add', path: 'members', value: { value: 'a' } }], '400 invalidValue'],
    [
      'an unknown sub-attribute',
      [{ op: 'add', path: 'members', value: [{ value: 'a', role: 'x' }] }],
      '400 invalidSyntax',
    ],
  ])('strict: %s', (_name, operations, expected) => {
    expect(refusalOf(() => plan(operations, strict))).toBe(expected)
  })
})

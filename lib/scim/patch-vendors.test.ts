import { describe, expect, test } from 'vitest'
import { refusalOf } from './fixtures'
import { parsePatch } from './patch'
import { changes, entra, patch, strict } from './patch-fixtures'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'
import { USER_SCHEMA } from './schemas/user'

describe('Okta', () => {
  test('deactivation of an OIN app: path-less replace', () => {
    expect(changes([{ op: 'replace', value: { active: false } }])).toEqual(['active: true → false'])
  })

  test('a path-less value with id and schemas echoed', () => {
    expect(changes([{ op: 'replace', value: { id: 'u-1', schemas: [USER_SCHEMA], meta: {}, active: false } }])).toEqual(
      ['active: true → false'],
    )
  })

  test('password push changes nothing', () => {
    expect(changes([{ op: 'replace', path: 'password', value: 'secret' }])).toEqual([])
    expect(changes([{ op: 'replace', value: { password: 'secret' } }])).toEqual([])
  })

  test('C9337: empty values unset', () => {
    expect(changes([{ op: 'replace', value: { title: '', name: { formatted: '' } } }])).toEqual([
      'name.formatted: "John Doe" → nothing',
      'title: "Porter" → nothing',
    ])
  })

  test('dotted, URN and filter keys without a path', () => {
    expect(
      changes([
        {
          op: 'replace',
          value: {
            'name.givenName': 'Jon',
            [`${ENTERPRISE_SCHEMA}:department`]: 'Doors',
            [ENTERPRISE_SCHEMA]: { costCenter: '7' },
            'emails[type eq "work"].value': 'jon@porter.example',
          },
        },
      ]),
    ).toEqual([
      'name.givenName: "John" → "Jon"',
      'emails[type eq "work"].value: "john.doe@porter.example" → "jon@porter.example"',
      `${ENTERPRISE_SCHEMA}:department: "Halls" → "Doors"`,
      `${ENTERPRISE_SCHEMA}:costCenter: nothing → "7"`,
    ])
  })

  test('attributes of its own profile are ignored without a path, refused with one', () => {
    expect(changes([{ op: 'replace', value: { shoeSize: 45 } }])).toEqual([])
    expect(refusalOf(() => patch([{ op: 'replace', path: 'shoeSize', value: 45 }]))).toBe('400 invalidPath')
  })

  test('removing what is gone already succeeds', () => {
    expect(changes([{ op: 'remove', path: 'emails[type eq "pager"]' }])).toEqual([])
  })

  test('entitlements: roles replaced as a list', () => {
    expect(changes([{ op: 'replace', path: 'roles', value: [{ value: 'member', display: 'Member' }] }])).toEqual([
      'roles[value eq "manager"]: {"value":"manager","primary":true} → nothing',
      'roles[value eq "member"]: nothing → {"value":"member","display":"Member"}',
    ])
  })
})

describe('Entra', () => {
  test('capital ops and text booleans', () => {
    expect(changes([{ op: 'Replace', path: 'active', value: 'False' }], entra)).toEqual(['active: true → false'])
    expect(changes([{ op: 'Add', path: 'nickName', value: 'J' }], entra)).toEqual(['nickName: nothing → "J"'])
  })

  test('replace on a missing element creates it', () => {
    expect(changes([{ op: 'Replace', path: 'phoneNumbers[type eq "mobile"].value', value: '+43 7' }], entra)).toEqual([
      'phoneNumbers[type eq "mobile"].value: nothing → "+43 7"',
    ])
  })

  test.each([
    ['bare text', 'm-2'],
    ['an object', { value: 'm-2' }],
    ['an object with $ref', { $ref: '../Users/m-2', value: 'm-2' }],
  ])('manager as %s', (_name, value) => {
    const next = patch([{ op: 'Add', path: `${ENTERPRISE_SCHEMA}:manager`, value }], entra)
    expect(next[ENTERPRISE_SCHEMA]?.manager?.value).toBe('m-2')
  })

  test('manager emptied', () => {
    const next = patch([{ op: 'Replace', path: `${ENTERPRISE_SCHEMA}:manager`, value: '' }], entra)
    expect(next[ENTERPRISE_SCHEMA]).toEqual({ department: 'Halls' })
  })

  test('an empty list of operations changes nothing', () => {
    expect(changes([], entra)).toEqual([])
  })

  test('roles[primary eq "True"].value', () => {
    expect(changes([{ op: 'Replace', path: 'roles[primary eq "True"].value', value: 'admin' }], entra)).toEqual([
      'roles[value eq "manager"]: {"value":"manager","primary":true} → nothing',
      'roles[value eq "admin"]: nothing → {"value":"admin","primary":true}',
    ])
  })

  test('the flat path-less form of its new flag', () => {
    const value = {
      displayName: 'Jon',
      'name.givenName': 'Jon',
      active: 'True',
      [`${ENTERPRISE_SCHEMA}:department`]: 'IT',
    }
    expect(changes([{ op: 'Add', path: '', value }], entra)).toEqual([
      'name.givenName: "John" → "Jon"',
      'displayName: "John Doe" → "Jon"',
      `${ENTERPRISE_SCHEMA}:department: "Halls" → "IT"`,
    ])
  })

  test('key names in any case', () => {
    const operations = parsePatch({ operations: [{ OP: 'Replace', PATH: 'title', VALUE: 'x' }] }, entra)
    expect(operations).toEqual([{ op: 'replace', path: 'title', value: 'x' }])
  })
})

describe('strict: the interoperability profile', () => {
  test.each<[string, unknown, string]>([
    ['no path', [{ op: 'replace', value: { active: false } }], '400 invalidPath'],
    [
      'an unknown sub-attribute in a value',
      [{ op: 'replace', path: 'name', value: { nick: 'J' } }],
      '400 invalidSyntax',
    ],
    ['the password', [{ op: 'replace', path: 'password', value: 'x' }], '400 invalidPath'],
    ['text booleans', [{ op: 'replace', path: 'active', value: 'False' }], '400 invalidValue'],
    [
      'bare text for a complex value',
      [{ op: 'add', path: `${ENTERPRISE_SCHEMA}:manager`, value: 'm' }],
      '400 invalidValue',
    ],
    ['no operations', [], '400 invalidSyntax'],
    ['removing where nothing matches', [{ op: 'remove', path: 'emails[type eq "pager"]' }], '400 noTarget'],
    [
      'replacing where nothing matches',
      [{ op: 'replace', path: 'ims[type eq "x"].value', value: 'y' }],
      '400 noTarget',
    ],
  ])('%s is refused', (_name, operations, expected) => {
    expect(refusalOf(() => patch(operations, strict))).toBe(expected)
  })

  test('a body without schemas is refused', () => {
    expect(refusalOf(() => parsePatch({ Operations: [{ op: 'remove', path: 'title' }] }, strict))).toBe(
      '400 invalidSyntax',
    )
  })

  test('the letter of the RFC passes', () => {
    expect(changes([{ op: 'replace', path: 'active', value: false }], strict)).toEqual(['active: true → false'])
  })
})

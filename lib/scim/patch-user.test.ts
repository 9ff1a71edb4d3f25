import { describe, expect, test } from 'vitest'
import { john, refusalOf } from './fixtures'
import { changes, okta, patch } from './patch-fixtures'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'
import type { UserAttributes } from './user'

type Row = [name: string, operations: unknown, expected: string[]]

describe('RFC 7644 §3.5.2.1 add', () => {
  test.each<Row>([
    ['a new attribute', [{ op: 'add', path: 'nickName', value: 'Johnny' }], ['nickName: nothing → "Johnny"']],
    [
      'an attribute with a value is replaced',
      [{ op: 'add', path: 'title', value: 'Head' }],
      ['title: "Porter" → "Head"'],
    ],
    ['the same value changes nothing', [{ op: 'add', path: 'title', value: 'Porter' }], []],
    ['a sub-attribute', [{ op: 'add', path: 'name.middleName', value: 'Q' }], ['name.middleName: nothing → "Q"']],
    [
      'a complex value keeps the other sub-attributes',
      [{ op: 'add', path: 'name', value: { givenName: 'Jon' } }],
      ['name.givenName: "John" → "Jon"'],
    ],
    [
      'an element',
      [{ op: 'add', path: 'phoneNumbers', value: [{ value: '+43 2', type: 'mobile' }] }],
      ['phoneNumbers[type eq "mobile"].value: nothing → "+43 2"'],
    ],
    [
      'an element that is there already is not added twice',
      [{ op: 'add', path: 'emails', value: [{ value: 'JOHN@home.example', type: 'home' }] }],
      ['emails[type eq "home"].value: "john@home.example" → "JOHN@home.example"'],
    ],
    [
      'a new primary takes the place of the old one',
      [{ op: 'add', path: 'emails', value: [{ value: 'j@x.example', type: 'other', primary: true }] }],
      [
        'emails[type eq "work"].primary: true → false',
        'emails[type eq "other"].value: nothing → "j@x.example"',
        'emails[type eq "other"].primary: nothing → true',
      ],
    ],
    [
      'a list that was not there',
      [{ op: 'add', path: 'ims', value: [{ value: 'jd', type: 'xmpp' }] }],
      ['ims[type eq "xmpp"].value: nothing → "jd"'],
    ],
    [
      'a missing element by its filter',
      [{ op: 'add', path: 'emails[type eq "other"].value', value: 'o@x.example' }],
      ['emails[type eq "other"].value: nothing → "o@x.example"'],
    ],
    [
      'a missing element by two conditions',
      [{ op: 'add', path: 'addresses[type eq "home" and country eq "AT"].locality', value: 'Graz' }],
      ['addresses[type eq "home"].country: nothing → "AT"', 'addresses[type eq "home"].locality: nothing → "Graz"'],
    ],
    [
      'a sub-attribute of an element that matches',
      [{ op: 'add', path: 'emails[type eq "home"].display', value: 'private' }],
      ['emails[type eq "home"].display: nothing → "private"'],
    ],
    [
      'several attributes without a path',
      [{ op: 'add', value: { title: 'Head', nickName: 'J' } }],
      ['title: "Porter" → "Head"', 'nickName: nothing → "J"'],
    ],
    [
      'an extension attribute by its URN',
      [{ op: 'add', path: `${ENTERPRISE_SCHEMA}:costCenter`, value: '42' }],
      [`${ENTERPRISE_SCHEMA}:costCenter: nothing → "42"`],
    ],
    [
      'an extension as a whole is merged',
      [{ op: 'add', path: ENTERPRISE_SCHEMA, value: { division: 'East', manager: { value: 'm-2' } } }],
      [`${ENTERPRISE_SCHEMA}:manager.value: "m-1" → "m-2"`, `${ENTERPRISE_SCHEMA}:division: nothing → "East"`],
    ],
  ])('%s', (_name, operations, expected) => {
    expect(changes(operations).sort()).toEqual([...expected].sort())
  })
})

describe('RFC 7644 §3.5.2.2 remove', () => {
  test.each<Row>([
    ['an attribute', [{ op: 'remove', path: 'title' }], ['title: "Porter" → nothing']],
    ['one that is not there', [{ op: 'remove', path: 'nickName' }], []],
    ['a sub-attribute', [{ op: 'remove', path: 'name.givenName' }], ['name.givenName: "John" → nothing']],
    [
      'a complex attribute',
      [{ op: 'remove', path: 'name' }],
      ['name.givenName: "John" → nothing', 'name.familyName: "Doe" → nothing', 'name.formatted: "John Doe" → nothing'],
    ],
    [
      'a list',
      [{ op: 'remove', path: 'emails' }],
      [
        'emails[type eq "work"].value: "john.doe@porter.example" → nothing',
        'emails[type eq "work"].primary: true → nothing',
        'emails[type eq "home"].value: "john@home.example" → nothing',
      ],
    ],
    [
      'the elements a filter chooses',
      [{ op: 'remove', path: 'emails[type eq "home"]' }],
      ['emails[type eq "home"].value: "john@home.example" → nothing'],
    ],
    [
      'the last element leaves the attribute unassigned',
      [{ op: 'remove', path: 'phoneNumbers[type eq "work"]' }],
      ['phoneNumbers[type eq "work"].value: "+43 1 555" → nothing'],
    ],
    [
      'a sub-attribute of an element',
      [{ op: 'remove', path: 'emails[type eq "work"].primary' }],
      ['emails[type eq "work"].primary: true → nothing'],
    ],
    [
      'an element whose value goes goes itself',
      [{ op: 'remove', path: 'emails[type eq "home"].value' }],
      ['emails[type eq "home"].value: "john@home.example" → nothing'],
    ],
    [
      'an extension attribute',
      [{ op: 'remove', path: `${ENTERPRISE_SCHEMA}:manager` }],
      [
        `${ENTERPRISE_SCHEMA}:manager.value: "m-1" → nothing`,
        `${ENTERPRISE_SCHEMA}:manager.displayName: "Mary Major" → nothing`,
      ],
    ],
    [
      'Entra, Okta: the elements named in the value',
      [{ op: 'remove', path: 'emails', value: [{ value: 'JOHN@home.example' }] }],
      ['emails[type eq "home"].value: "john@home.example" → nothing'],
    ],
    ['elements named by type', [{ op: 'remove', path: 'phoneNumbers', value: { type: 'mobile' } }], []],
    ['an empty list names nobody', [{ op: 'remove', path: 'emails', value: [] }], []],
  ])('%s', (_name, operations, expected) => {
    expect(changes(operations).sort()).toEqual([...expected].sort())
  })

  test('the last attribute of an extension takes the extension with it', () => {
    const next = patch([
      { op: 'remove', path: `${ENTERPRISE_SCHEMA}:department` },
      { op: 'remove', path: `${ENTERPRISE_SCHEMA}:manager.value` },
      { op: 'remove', path: `${ENTERPRISE_SCHEMA}:manager.displayName` },
    ])
    expect(ENTERPRISE_SCHEMA in next).toBe(false)
  })

  test('the extension as a whole', () => {
    expect(ENTERPRISE_SCHEMA in patch([{ op: 'remove', path: ENTERPRISE_SCHEMA }])).toBe(false)
  })

  test('the last sub-attribute takes its parent with it', () => {
    const current: UserAttributes = { userName: 'john', active: true, name: { givenName: 'John' } }
    expect(patch([{ op: 'remove', path: 'name.givenName' }], okta, current)).toEqual({ userName: 'john', active: true })
  })
})

describe('several operations', () => {
  test('are applied in order', () => {
    const next = patch([
      { op: 'replace', path: 'title', value: 'a' },
      { op: 'remove', path: 'title' },
      { op: 'add', path: 'title', value: 'b' },
    ])
    expect(next.title).toBe('b')
  })

  test('are one: the last one failing leaves the user as it was', () => {
    const before = structuredClone(john)
    const operations = [
      { op: 'replace', path: 'title', value: 'Head' },
      { op: 'replace', path: 'id', value: 'x' },
    ]
    expect(refusalOf(() => patch(operations, okta, before))).toBe('400 mutability')
    expect(before).toEqual(john)
  })

  test('build an element piece by piece, primary first', () => {
    const next = patch([
      { op: 'add', path: 'ims[type eq "xmpp"].primary', value: true },
      { op: 'add', path: 'ims[type eq "xmpp"].value', value: 'jd' },
    ])
    expect(next.ims).toEqual([{ type: 'xmpp', primary: true, value: 'jd' }])
  })

  test('that cancel out change nothing', () => {
    expect(
      changes([
        { op: 'replace', path: 'active', value: false },
        { op: 'replace', path: 'active', value: true },
      ]),
    ).toEqual([])
  })
})

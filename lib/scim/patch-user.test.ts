import { describe, expect, test } from 'vitest'
import { diffAttributes } from './diff'
import { deepFreeze, detailOf, john, refusalOf } from './fixtures'
import type { ScimOptions } from './options'
import { applyUserPatch, PATCH_SCHEMA, parsePatch } from './patch'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'
import { USER_SCHEMA } from './schemas/user'
import type { UserAttributes } from './user'

const okta = { mode: 'okta' } as const
const entra = { mode: 'entra' } as const
const strict = { mode: 'strict' } as const

function patch(operations: unknown, opts: ScimOptions = okta, current: UserAttributes = john): UserAttributes {
  return applyUserPatch(
    deepFreeze(structuredClone(current)),
    parsePatch({ schemas: [PATCH_SCHEMA], Operations: operations }, opts),
    opts,
  )
}

/** What a PATCH changed, as `path: before → after`. */
function changes(operations: unknown, opts: ScimOptions = okta, current: UserAttributes = john): string[] {
  const show = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value))
  return diffAttributes(current, patch(operations, opts, current)).map(
    ({ path, before, after }) => `${path}: ${show(before)} → ${show(after)}`,
  )
}

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

describe('RFC 7644 §3.5.2.3 replace', () => {
  test.each<Row>([
    ['an attribute', [{ op: 'replace', path: 'title', value: 'Head' }], ['title: "Porter" → "Head"']],
    ['one that is not there', [{ op: 'replace', path: 'nickName', value: 'J' }], ['nickName: nothing → "J"']],
    ['the same value changes nothing', [{ op: 'replace', path: 'active', value: true }], []],
    ['null unsets', [{ op: 'replace', path: 'title', value: null }], ['title: "Porter" → nothing']],
    [
      'a complex value keeps what is not named',
      [{ op: 'replace', path: 'name', value: { familyName: 'Roe' } }],
      ['name.familyName: "Doe" → "Roe"'],
    ],
    [
      'a sub-attribute given as null goes',
      [{ op: 'replace', path: 'name', value: { familyName: 'Roe', formatted: null } }],
      ['name.familyName: "Doe" → "Roe"', 'name.formatted: "John Doe" → nothing'],
    ],
    [
      'a list as a whole',
      [{ op: 'replace', path: 'emails', value: [{ value: 'new@porter.example', type: 'work' }] }],
      [
        'emails[type eq "work"].value: "john.doe@porter.example" → "new@porter.example"',
        'emails[type eq "work"].primary: true → nothing',
        'emails[type eq "home"].value: "john@home.example" → nothing',
      ],
    ],
    [
      'a list by an empty one',
      [{ op: 'replace', path: 'phoneNumbers', value: [] }],
      ['phoneNumbers[type eq "work"].value: "+43 1 555" → nothing'],
    ],
    [
      'the value of an element',
      [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'jd@porter.example' }],
      ['emails[type eq "work"].value: "john.doe@porter.example" → "jd@porter.example"'],
    ],
    [
      'an element keeps the sub-attributes that are not named',
      [{ op: 'replace', path: 'emails[type eq "work"]', value: { value: 'jd@porter.example' } }],
      ['emails[type eq "work"].value: "john.doe@porter.example" → "jd@porter.example"'],
    ],
    [
      'RFC example: an address as a whole',
      [
        {
          op: 'replace',
          path: 'addresses[type eq "work"]',
          value: { type: 'work', streetAddress: '911 Universal City Plaza', locality: 'Hollywood', primary: true },
        },
      ],
      [
        'addresses[type eq "work"].streetAddress: "Ring 1" → "911 Universal City Plaza"',
        'addresses[type eq "work"].locality: "Wien" → "Hollywood"',
        'addresses[type eq "work"].primary: nothing → true',
      ],
    ],
    [
      'every element that matches',
      [{ op: 'replace', path: 'emails[value co "example"].display', value: 'x' }],
      ['emails[type eq "work"].display: nothing → "x"', 'emails[type eq "home"].display: nothing → "x"'],
    ],
    [
      'primary through a value path flips the other',
      [{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }],
      ['emails[type eq "work"].primary: true → false', 'emails[type eq "home"].primary: nothing → true'],
    ],
    [
      'the value of the only element, without a filter',
      [{ op: 'replace', path: 'phoneNumbers.value', value: '+43 9' }],
      ['phoneNumbers[type eq "work"].value: "+43 1 555" → "+43 9"'],
    ],
    [
      'names in any case',
      [{ op: 'REPLACE', path: 'NAME.GIVENNAME', value: 'Jon' }],
      ['name.givenName: "John" → "Jon"'],
    ],
    [
      'the core URN',
      [{ op: 'replace', path: `${USER_SCHEMA}:name.givenName`, value: 'Jon' }],
      ['name.givenName: "John" → "Jon"'],
    ],
    [
      'the enterprise URN, down to a sub-attribute',
      [{ op: 'replace', path: `${ENTERPRISE_SCHEMA}:manager.value`, value: 'm-2' }],
      [`${ENTERPRISE_SCHEMA}:manager.value: "m-1" → "m-2"`],
    ],
  ])('%s', (_name, operations, expected) => {
    expect(changes(operations).sort()).toEqual([...expected].sort())
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

describe('refusals, with the keyword of RFC 7644 table 9', () => {
  test.each<[string, unknown, string]>([
    ['remove without a path', [{ op: 'remove' }], '400 noTarget'],
    ['remove without a path, with a value', [{ op: 'remove', value: { title: 'x' } }], '400 noTarget'],
    [
      'replace where no element matches',
      [{ op: 'replace', path: 'emails[type eq "fax"].value', value: 'x' }],
      '400 noTarget',
    ],
    [
      'replace of a whole element that is not there',
      [{ op: 'replace', path: 'ims[type eq "x"]', value: { value: 'y' } }],
      '400 noTarget',
    ],
    [
      'add that no filter describes',
      [{ op: 'add', path: 'emails[value co "nobody"].display', value: 'x' }],
      '400 noTarget',
    ],
    [
      'add by a filter with or',
      [{ op: 'add', path: 'ims[type eq "a" or type eq "b"].value', value: 'x' }],
      '400 noTarget',
    ],
    ['a value for several elements', [{ op: 'replace', path: 'emails.value', value: 'x' }], '400 noTarget'],
    ['an unknown attribute', [{ op: 'replace', path: 'shoeSize', value: '45' }], '400 invalidPath'],
    ['an unknown sub-attribute', [{ op: 'replace', path: 'name.nick', value: 'J' }], '400 invalidPath'],
    ['an unknown URN', [{ op: 'replace', path: 'urn:acme:User:title', value: 'J' }], '400 invalidPath'],
    [
      'an unknown sub-attribute after a filter',
      [{ op: 'add', path: 'emails[type eq "work"].shoe', value: 1 }],
      '400 invalidPath',
    ],
    ['a filter on what is no list', [{ op: 'add', path: 'name[givenName eq "J"]', value: {} }], '400 invalidPath'],
    ['a filter on a text', [{ op: 'add', path: 'title[value eq "J"]', value: 'x' }], '400 invalidPath'],
    ['a path of punctuation', [{ op: 'add', path: '..', value: 'x' }], '400 invalidPath'],
    ['an open bracket', [{ op: 'add', path: 'emails[type eq "work"', value: 'x' }], '400 invalidPath'],
    ['two sub-attributes', [{ op: 'add', path: 'emails[type eq "work"].value.x', value: 'x' }], '400 invalidPath'],
    ['a path of 3,000 characters', [{ op: 'add', path: 'x'.repeat(3_000), value: 'x' }], '400 invalidPath'],
    ['a malformed filter', [{ op: 'add', path: 'emails[type like "work"].value', value: 'x' }], '400 invalidFilter'],
    ['an empty filter', [{ op: 'add', path: 'emails[].value', value: 'x' }], '400 invalidFilter'],
    ['id', [{ op: 'replace', path: 'id', value: 'x' }], '400 mutability'],
    ['meta', [{ op: 'replace', path: 'meta.version', value: 'x' }], '400 mutability'],
    ['schemas', [{ op: 'add', path: 'schemas', value: ['urn:x'] }], '400 mutability'],
    ['groups', [{ op: 'add', path: 'groups', value: [{ value: 'g' }] }], '400 mutability'],
    ['groups by filter', [{ op: 'remove', path: 'groups[value eq "g"]' }], '400 mutability'],
    ['groups without a path', [{ op: 'replace', value: { groups: [{ value: 'g' }] } }], '400 mutability'],
    ['removing userName', [{ op: 'remove', path: 'userName' }], '400 mutability'],
    ['removing active, which would let a leaver back in', [{ op: 'remove', path: 'active' }], '400 mutability'],
    ['userName null', [{ op: 'replace', path: 'userName', value: null }], '400 invalidValue'],
    ['userName empty', [{ op: 'replace', path: 'userName', value: '' }], '400 invalidValue'],
    ['userName with a blank', [{ op: 'replace', path: 'userName', value: 'john ' }], '400 invalidValue'],
    ['active null', [{ op: 'replace', path: 'active', value: null }], '400 invalidValue'],
    ['active empty', [{ op: 'replace', path: 'active', value: '' }], '400 invalidValue'],
    ['active as a word', [{ op: 'replace', path: 'active', value: 'no' }], '400 invalidValue'],
    ['a number for a text', [{ op: 'replace', path: 'title', value: 7 }], '400 invalidValue'],
    ['a text for a complex value', [{ op: 'replace', path: 'name.givenName', value: {} }], '400 invalidValue'],
    ['NUL', [{ op: 'replace', path: 'title', value: 'a\u0000' }], '400 invalidValue'],
    ['half a surrogate pair without a path', [{ op: 'replace', value: { title: '\ud800' } }], '400 invalidValue'],
    [
      'two new primaries',
      [
        {
          op: 'replace',
          path: 'emails',
          value: [
            { value: 'a', primary: true },
            { value: 'b', primary: true },
          ],
        },
      ],
      '400 invalidValue',
    ],
    [
      'primary for several',
      [{ op: 'replace', path: 'emails[value co "john"].primary', value: true }],
      '400 invalidValue',
    ],
    ['no path and no object', [{ op: 'replace', value: 'x' }], '400 invalidValue'],
    ['add without a value', [{ op: 'add', path: 'title' }], '400 invalidValue'],
    ['an op of its own making', [{ op: 'move', path: 'title' }], '400 invalidSyntax'],
    ['no op', [{ path: 'title', value: 'x' }], '400 invalidSyntax'],
    ['an operation that is no object', ['replace'], '400 invalidSyntax'],
    ['a path that is no text', [{ op: 'add', path: ['title'], value: 'x' }], '400 invalidPath'],
    ['no list of operations', { op: 'add' }, '400 invalidSyntax'],
    [
      '1,001 operations',
      Array.from({ length: 1_001 }, () => ({ op: 'add', path: 'title', value: 'x' })),
      '400 tooMany',
    ],
  ])('%s', (_name, operations, expected) => {
    expect(refusalOf(() => patch(operations))).toBe(expected)
  })

  test.each([[null], [undefined], ['x'], [[]], [{}], [{ Operations: null }]])('the body %j', (body) => {
    expect(refusalOf(() => parsePatch(body, okta))).toBe('400 invalidSyntax')
  })

  test('details are short and name the path', () => {
    expect(detailOf(() => patch([{ op: 'add', path: 'shoeSize', value: 'x' }]))).toContain('"shoeSize"')
    expect(detailOf(() => patch([{ op: 'add', path: `a${'b'.repeat(1_000)}`, value: 'x' }])).length).toBeLessThan(200)
    expect(detailOf(() => patch([{ op: 'replace', path: 'title', value: 's3cret\u0000' }]))).not.toContain('s3cret')
  })
})

describe('SECURITY L13: no path reaches the program', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype']
  const paths = names.flatMap((each) => [
    each,
    `${each}.polluted`,
    `name.${each}`,
    `emails.${each}`,
    `emails[${each} eq "x"]`,
    `emails[type eq "work"].${each}`,
    `${ENTERPRISE_SCHEMA}:${each}`,
    `${ENTERPRISE_SCHEMA}:manager.${each}`,
  ])

  test.each(paths)('path %s → 400', (path) => {
    for (const op of ['add', 'replace', 'remove']) {
      expect(refusalOf(() => patch([{ op, path, value: 'x' }]))).toMatch(/^400 invalid(Path|Filter)$/)
    }
    expect('polluted' in {}).toBe(false)
  })

  test.each(['__proto__', 'constructor', 'toString', '__proto__.polluted', 'constructor.prototype.polluted'])(
    'key %s → 400',
    (key) => {
      const value = JSON.parse(`{"${key}":{"polluted":true}}`)
      expect(refusalOf(() => patch([{ op: 'add', value }]))).toBe('400 invalidPath')
      expect('polluted' in {}).toBe(false)
    },
  )

  test('keys inside a value are looked up in the tables only', () => {
    const next = patch([
      { op: 'add', path: 'name', value: JSON.parse('{"__proto__":{"polluted":true},"givenName":"Jon"}') },
    ])
    expect(Object.getPrototypeOf(next.name)).toBe(Object.prototype)
    expect('polluted' in (next.name ?? {})).toBe(false)
  })
})

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

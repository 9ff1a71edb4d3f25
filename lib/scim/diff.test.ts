import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffAttributes, isSame } from './diff'
import { john } from './fixtures'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'

type Row = [name: string, before: Record<string, unknown>, after: Record<string, unknown>, expected: unknown]

describe('diffAttributes: one line per value, in SCIM path notation', () => {
  test.each<Row>([
    ['a text', { title: 'a' }, { title: 'b' }, [{ path: 'title', before: 'a', after: 'b' }]],
    ['a boolean', { active: true }, { active: false }, [{ path: 'active', before: true, after: false }]],
    ['added: no before', {}, { title: 'b' }, [{ path: 'title', after: 'b' }]],
    ['removed: no after', { title: 'a' }, {}, [{ path: 'title', before: 'a' }]],
    ['null is a value, absent is none', { title: null }, {}, [{ path: 'title', before: null }]],
    ['undefined is absent', { title: undefined }, {}, []],
    ['nothing changed', { title: 'a', name: { givenName: 'x' } }, { name: { givenName: 'x' }, title: 'a' }, []],
    [
      'a sub-attribute',
      { name: { givenName: 'John', familyName: 'Doe' } },
      { name: { givenName: 'Jon', familyName: 'Doe' } },
      [{ path: 'name.givenName', before: 'John', after: 'Jon' }],
    ],
    [
      'a complex value that was not there',
      {},
      { name: { givenName: 'John', familyName: 'Doe' } },
      [
        { path: 'name.givenName', after: 'John' },
        { path: 'name.familyName', after: 'Doe' },
      ],
    ],
    [
      'an extension: a colon after the URN, dots after that',
      { [ENTERPRISE_SCHEMA]: { department: 'a', manager: { value: '1' } } },
      { [ENTERPRISE_SCHEMA]: { department: 'b', manager: { value: '2' } } },
      [
        { path: `${ENTERPRISE_SCHEMA}:department`, before: 'a', after: 'b' },
        { path: `${ENTERPRISE_SCHEMA}:manager.value`, before: '1', after: '2' },
      ],
    ],
    [
      'an extension that came',
      {},
      { [ENTERPRISE_SCHEMA]: { manager: { value: '2' } } },
      [{ path: `${ENTERPRISE_SCHEMA}:manager.value`, after: '2' }],
    ],
    [
      'an element, by its type',
      { emails: [{ type: 'work', value: 'a' }] },
      { emails: [{ type: 'work', value: 'b' }] },
      [{ path: 'emails[type eq "work"].value', before: 'a', after: 'b' }],
    ],
    [
      'an element that came, value by value, its type being in the path',
      { emails: [{ type: 'work', value: 'a' }] },
      {
        emails: [
          { type: 'work', value: 'a' },
          { type: 'home', value: 'b', primary: true },
        ],
      },
      [
        { path: 'emails[type eq "home"].value', after: 'b' },
        { path: 'emails[type eq "home"].primary', after: true },
      ],
    ],
    [
      'the order of elements is no change',
      {
        emails: [
          { type: 'work', value: 'a' },
          { type: 'home', value: 'b' },
        ],
      },
      {
        emails: [
          { type: 'home', value: 'b' },
          { type: 'work', value: 'a' },
        ],
      },
      [],
    ],
    [
      'elements without a type, by value: whole elements come and go',
      { roles: [{ value: 'a' }] },
      { roles: [{ value: 'b', display: 'B' }] },
      [
        { path: 'roles[value eq "a"]', before: { value: 'a' } },
        { path: 'roles[value eq "b"]', after: { value: 'b', display: 'B' } },
      ],
    ],
    [
      'elements by value: a changed sub-attribute',
      { roles: [{ value: 'a' }] },
      { roles: [{ value: 'a', primary: true }] },
      [{ path: 'roles[value eq "a"].primary', after: true }],
    ],
    [
      'two of one type, by value',
      {
        emails: [
          { type: 'work', value: 'a' },
          { type: 'work', value: 'b' },
        ],
      },
      { emails: [{ type: 'work', value: 'a' }] },
      [{ path: 'emails[value eq "b"]', before: { type: 'work', value: 'b' } }],
    ],
    [
      'two of one type and one value of two types, by both',
      {
        emails: [
          { type: 'work', value: 'a' },
          { type: 'home', value: 'a' },
          { type: 'work', value: 'b' },
        ],
      },
      {
        emails: [
          { type: 'work', value: 'a' },
          { type: 'home', value: 'a' },
        ],
      },
      [{ path: 'emails[type eq "work" and value eq "b"]', before: { type: 'work', value: 'b' } }],
    ],
    [
      'elements nothing tells apart, as a list',
      { addresses: [{ locality: 'Wien' }, { locality: 'Graz' }] },
      { addresses: [{ locality: 'Wien' }] },
      [{ path: 'addresses', before: [{ locality: 'Wien' }, { locality: 'Graz' }], after: [{ locality: 'Wien' }] }],
    ],
    ['a list that came empty is no change', {}, { emails: [] }, []],
    [
      'a list of texts',
      { schemas: ['a'] },
      { schemas: ['a', 'b'] },
      [{ path: 'schemas', before: ['a'], after: ['a', 'b'] }],
    ],
    [
      'quotes in a type are escaped',
      {},
      { emails: [{ type: 'a"b', value: 'x' }] },
      [{ path: 'emails[type eq "a\\"b"].value', after: 'x' }],
    ],
    [
      'a value that becomes an object',
      { manager: 'm' },
      { manager: { value: 'm' } },
      [{ path: 'manager', before: 'm', after: { value: 'm' } }],
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(diffAttributes(before, after)).toEqual(expected)
  })

  test('a person who came: everything with an after and no before', () => {
    const diff = diffAttributes(undefined, john)
    expect(diff).toContainEqual({ path: 'userName', after: 'john.doe@porter.example' })
    expect(diff).toContainEqual({ path: 'emails[type eq "home"].value', after: 'john@home.example' })
    expect(diff.every((each) => 'after' in each && !('before' in each))).toBe(true)
  })

  test('a person who went is the mirror of one who came', () => {
    const came = diffAttributes(undefined, john).map(({ path, after }) => ({ path, before: after }))
    expect(diffAttributes(john, undefined)).toEqual(came)
  })

  test('inherited keys are no attributes', () => {
    expect(diffAttributes(JSON.parse('{"toString":"a"}'), {})).toEqual([{ path: 'toString', before: 'a' }])
  })
})

describe('properties', () => {
  const value = fc.jsonValue({ maxDepth: 3 })
  const record = fc.dictionary(fc.constantFrom('a', 'b', 'emails', 'toString', 'urn:x'), value)

  test('nothing differs from itself, and only the same has no diff', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        expect(diffAttributes(a, structuredClone(a))).toEqual([])
        if (isSame(a, b)) expect(diffAttributes(a, b)).toEqual([])
      }),
    )
  })

  test('backwards, before and after change places', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        const paths = (diff: { path: string }[]) => diff.map((each) => each.path).sort()
        expect(paths(diffAttributes(a, b))).toEqual(paths(diffAttributes(b, a)))
      }),
    )
  })
})

test.each([
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [{ a: undefined }, {}, true],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  [null, {}, false],
  [{ a: [{ b: 1 }] }, { a: [{ b: 1 }] }, true],
  [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, false],
])('isSame(%j, %j) is %s', (a, b, expected) => {
  expect(isSame(a, b)).toBe(expected)
})

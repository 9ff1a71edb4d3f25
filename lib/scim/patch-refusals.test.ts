import { describe, expect, test } from 'vitest'
import { detailOf, refusalOf } from './fixtures'
import { parsePatch } from './patch'
import { okta, patch } from './patch-fixtures'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'

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

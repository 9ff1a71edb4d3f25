import { describe, expect, test } from 'vitest'
import { detailOf, refusalOf } from './fixtures'
import { isObject, parseJsonBody } from './json'

const nested = (depth: number, open = '[', close = ']') => open.repeat(depth) + close.repeat(depth)

describe('parseJsonBody: what passes', () => {
  test.each([
    ['an object', '{"userName":"john"}', { userName: 'john' }],
    ['a byte-order-free list', '[1,2]', [1, 2]],
    ['blanks around', '  {"a":1}\n', { a: 1 }],
    ['brackets inside a string do not nest', `{"a":"${'['.repeat(100)}"}`, { a: '['.repeat(100) }],
    ['an escaped quote does not end a string', `{"a":"\\"${'['.repeat(40)}"}`, { a: `"${'['.repeat(40)}` }],
    ['an escaped backslash does not escape the quote', '{"a":"\\\\"}', { a: '\\' }],
    ['a key named constructor, which is only a name', '{"constructor":"Ferdinand"}', { constructor: 'Ferdinand' }],
    ['unicode', '{"a":"Zoë 😀"}', { a: 'Zoë 😀' }],
  ])('%s', (_name, text, expected) => {
    expect(parseJsonBody(text)).toEqual(expected)
  })

  test('depth 32', () => {
    expect(() => parseJsonBody(nested(32))).not.toThrow()
  })
})

describe('parseJsonBody: 400 invalidSyntax', () => {
  test.each([
    ['an empty body', ''],
    ['only blanks', ' \n\t'],
    ['no JSON', 'userName=john'],
    ['half an object', '{"a":'],
    ['a trailing comma', '{"a":1,}'],
    ['depth 33', nested(33)],
    ['depth 100,000, without touching the stack', nested(100_000)],
    ['deep objects', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`],
    ['__proto__ (SECURITY L13)', '{"__proto__":{"admin":true}}'],
    ['__proto__ in escapes', '{"\\u005f_proto__":{"admin":true}}'],
    ['__proto__ further down', '{"a":[{"__proto__":1}]}'],
    ['constructor.prototype', '{"constructor":{"prototype":{"admin":true}}}'],
  ])('%s', (_name, text) => {
    expect(refusalOf(() => parseJsonBody(text))).toBe('400 invalidSyntax')
  })

  test('the error does not repeat the body', () => {
    const secret = 'x'.repeat(500)
    expect(detailOf(() => parseJsonBody(`{"a":"${secret}`))).not.toContain('xxxx')
  })

  test('a body of megabytes is scanned and read', () => {
    const text = JSON.stringify({
      members: Array.from({ length: 100_000 }, (_, i) => ({ value: `user-${i}`.padEnd(40) })),
    })
    expect(parseJsonBody(text)).toHaveProperty('members.length', 100_000)
  })
})

test.each([
  [{}, true],
  [{ a: 1 }, true],
  [[], false],
  [null, false],
  ['text', false],
  [undefined, false],
])('isObject(%j) is %s', (value, expected) => {
  expect(isObject(value)).toBe(expected)
})

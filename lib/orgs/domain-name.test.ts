import { describe, expect, test } from 'vitest'
import { asciiDomain, domainOfAddress, readDomain, shownDomain } from './domain-name'

describe('a domain has one written form', () => {
  test.each([
    ['Porter.Example', 'porter.example'],
    [' porter.example. ', 'porter.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BU\u0308CHER.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['ｐｏｒｔｅｒ.example', 'porter.example'],
    ['a.b.c.example', 'a.b.c.example'],
  ])('%s is %s', (typed, domain) => {
    expect(asciiDomain(typed)).toBe(domain)
    expect(readDomain(typed)).toEqual({ domain })
  })

  test.each([
    '',
    'porter',
    'porter..example',
    '.porter.example',
    '-porter.example',
    'porter-.example',
    'por_ter.example',
    'por ter.example',
    'https://porter.example',
    'porter.example/path',
    'porter.example:53',
    'john@porter.example',
    'porter.example\0',
    '10.0.0.1',
    '0x7f.1',
    '[::1]',
    '*.porter.example',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(130)}example`,
    'xn--a.example',
    'porter.example%2f',
    'porter\u2044x.example',
  ])('%j is refused with a sentence', (typed) => {
    expect(readDomain(typed)).toEqual({ problem: expect.stringMatching(/\.$/) })
  })
})

test.each([
  'co.uk',
  'com.au',
  'co.jp',
  'gov.uk',
  'github.io',
  'localhost',
  'printer.local',
  'db.internal',
  'gmail.com',
  'com',
])('%s is nobody’s own, so nobody can claim it', (typed) => {
  expect(readDomain(typed)).toEqual({ problem: expect.any(String) })
})

test.each(['porter.co.uk', 'porter.github.io', 'co.example', 'mail.porter.example'])('%s can be claimed', (typed) => {
  expect(readDomain(typed)).toEqual({ domain: typed })
})

describe('the domain of an address', () => {
  test.each([
    ['John.Doe@Porter.Example', 'porter.example'],
    ['john@bücher.example', 'xn--bcher-kva.example'],
    ['john@mail.porter.example', 'mail.porter.example'],
    ['john.doe', null],
    ['@porter.example', null],
    ['a@evil.example@porter.example', null],
    ['a@evil.example,b@porter.example', null],
    ['"a b"@porter.example', null],
    ['john@porter', null],
    ['john@porter.example ', 'porter.example'],
    [`${'j'.repeat(65)}@porter.example`, null],
    ['john＠porter.example', null],
  ])('%j is at %s', (address, domain) => {
    expect(domainOfAddress(address)).toBe(domain)
  })
})

test('people read the letters, not the punycode', () => {
  expect(shownDomain('xn--bcher-kva.example')).toBe('bücher.example')
})

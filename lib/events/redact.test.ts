import { describe, expect, it } from 'vitest'
import { isSecretName, redact, redactDiff, redactPath, storable } from './redact'

const SECRET = 'S3cr3t-value'

describe('secrets never stay, whatever they are called and wherever they sit', () => {
  it.each([
    ['password', { password: SECRET }],
    ['upper case', { PASSWORD: SECRET }],
    ['client_secret', { client_secret: SECRET }],
    ['clientSecret', { clientSecret: SECRET }],
    ['id_token', { id_token: SECRET }],
    ['access-token', { 'access-token': SECRET }],
    ['Authorization', { headers: { Authorization: `Basic ${SECRET}` } }],
    ['Set-Cookie', { headers: { 'Set-Cookie': [`a=${SECRET}`] } }],
    ['nested in arrays', { a: [[{ b: [{ newPassword: SECRET }] }]] }],
    ['an object under a secret name', { password: { value: SECRET } }],
    ['PATCH with a path', { Operations: [{ op: 'replace', path: 'password', value: SECRET }] }],
    [
      'PATCH with a full path',
      { Operations: [{ op: 'Add', path: 'urn:ietf:params:scim:schemas:core:2.0:User:password', value: SECRET }] },
    ],
    ['PATCH without a path', { Operations: [{ op: 'replace', value: { password: SECRET } }] }],
    ['PATCH with a dotted name', { Operations: [{ op: 'replace', value: { 'urn:x:password': SECRET } }] }],
    ['a bearer header in a text', { note: `sent Bearer ${SECRET}${SECRET}${SECRET}` }],
    ['a SCIM token in a text', { note: `rollcall_0123456789abcdefghijkl${SECRET.replaceAll('-', '')}` }],
    ['a JSON Web Token in a text', { note: `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.${SECRET}` }],
  ])('%s', (_, body) => {
    const kept = JSON.stringify(redact(body))
    expect(kept).not.toContain(SECRET)
    expect(kept).not.toContain('S3cr3t')
    expect(kept).toContain('[redacted]')
  })

  it.each(['tokenId', 'postalCode', 'userName', 'externalId', 'emails[type eq "work"].value', 'title', 'countryCode'])(
    '%s is no secret',
    (name) => expect(isSecretName(name)).toBe(false),
  )
})

describe('texts become storable', () => {
  it.each([
    ['NUL', 'a\u0000b', 'a\\u0000b'],
    ['lone high surrogate', 'a\ud83d', 'a\\ud83d'],
    ['lone low surrogate', '\udc00b', '\\udc00b'],
    ['two high ones', '\ud83d\ud83d\ude00', '\\ud83d\ud83d\ude00'],
    ['a whole pair stays', '\ud83d\ude00', '\ud83d\ude00'],
  ])('%s', (_, input, expected) => {
    expect(storable(input)).toBe(expected)
    expect(redact({ [input]: input })).toEqual({ [expected]: expected })
  })
})

describe('size', () => {
  it('members beyond fifty become a count', () => {
    const members = Array.from({ length: 50_000 }, (_, i) => ({ value: `${i}` }))
    const copy = redact({ members })
    expect(copy).toMatchObject({ members: expect.arrayContaining([{ value: '49' }, { more: 49_950 }]) })
  })

  it.each([
    [
      'many long texts',
      Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`k${i}`, '\ud83d\ude00'.repeat(3000)])),
    ],
    ['many keys', Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i]))],
    [
      'wide and deep',
      Array.from({ length: 50 }, () => Array.from({ length: 50 }, () => Array(50).fill('x'.repeat(100)))),
    ],
    ['one text of 5 MB', 'x'.repeat(5_000_000)],
  ])('%s stays under 64 KiB', (_, input) => {
    const text = JSON.stringify(redact(input))
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(64 * 1024)
    // Every surrogate is in a pair: well-formed JSON has no escaped one.
    expect(text).not.toMatch(/[^\\]\\ud[89a-f]/i)
  })

  it('5,000 levels deep do not overflow', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`)
    expect(JSON.stringify(redact(deep))).toContain('[too deep]')
  })
})

describe('odd values', () => {
  it.each([
    ['undefined', undefined, null],
    ['NaN', Number.NaN, 'NaN'],
    ['bigint', 10n, '10'],
    ['bytes', new Uint8Array(3), '[3 bytes]'],
    ['broken date', new Date('x'), null],
    ['undefined inside', { a: undefined, b: 1 }, { b: 1 }],
  ])('%s', (_, input, expected) => expect(redact(input)).toEqual(expected))

  it('__proto__ stays data', () => {
    const copy = redact(JSON.parse('{"__proto__":{"admin":true}}'))
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"admin":true}}')
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
  })
})

describe('diffs', () => {
  it('do not mention secrets', () => {
    expect(
      redactDiff([
        { path: 'password', before: SECRET },
        { path: 'title', before: null, after: 'Lead' },
      ]),
    ).toEqual([{ path: 'title', before: null, after: 'Lead' }])
  })
  it('keep absent apart from null', () => {
    expect(redactDiff([{ path: 'title', after: 'x' }])).toEqual([{ path: 'title', after: 'x' }])
  })
  it('say how many changes are missing', () => {
    const many = Array.from({ length: 250 }, (_, i) => ({ path: `k${i}`, after: i }))
    expect(redactDiff(many)?.at(-1)).toEqual({ path: 'and 50 more changes' })
  })
})

describe('paths', () => {
  it.each([
    ['/Users?filter=userName%20eq%20%22a%22', '/Users?filter=userName%20eq%20%22a%22'],
    ['/Users?filter=password%20eq%20%22a%22&count=1', '/Users?filter=[redacted]&count=1'],
    ['/Users?access_token=abc', '/Users?access_token=[redacted]'],
    ['/Users?filter=%E0%A4%A', '/Users?filter=%E0%A4%A'],
    ['/Users', '/Users'],
  ])('%s', (input, expected) => expect(redactPath(input)).toBe(expected))
})

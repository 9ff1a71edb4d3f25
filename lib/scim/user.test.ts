import { describe, expect, test } from 'vitest'
import { detailOf, john, refusalOf } from './fixtures'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'
import { USER_SCHEMA } from './schemas/user'
import { displayNameOf, parseUser, primaryEmail, type UserAttributes } from './user'

const okta = { mode: 'okta' } as const
const strict = { mode: 'strict' } as const
const minimal = { schemas: [USER_SCHEMA], userName: 'john' }

describe('RFC 7644 §3.3: POST /Users', () => {
  test('every attribute of RFC 7643 §4.1 and §4.3 is kept', () => {
    const { ...body } = { schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA], ...john }
    expect(parseUser(body, strict)).toEqual(john)
  })

  test('RFC 7643 §8.2: the full user example is read whole', () => {
    const body = {
      schemas: [USER_SCHEMA],
      id: '2819c223-7f76-453a-919d-413861904646',
      externalId: '701984',
      userName: 'bjensen@example.com',
      name: {
        formatted: 'Ms. Barbara J Jensen, III',
        familyName: 'Jensen',
        givenName: 'Barbara',
        middleName: 'Jane',
        honorificPrefix: 'Ms.',
        honorificSuffix: 'III',
      },
      displayName: 'Babs Jensen',
      nickName: 'Babs',
      profileUrl: 'https://login.example.com/bjensen',
      emails: [
        { value: 'bjensen@example.com', type: 'work', primary: true },
        { value: 'babs@jensen.org', type: 'home' },
      ],
      addresses: [
        {
          type: 'work',
          streetAddress: '100 Universal City Plaza',
          locality: 'Hollywood',
          region: 'CA',
          postalCode: '91608',
          country: 'USA',
          formatted: '100 Universal City Plaza\nHollywood, CA 91608 USA',
          primary: true,
        },
        { type: 'home', streetAddress: '456 Hollywood Blvd', locality: 'Hollywood' },
      ],
      phoneNumbers: [
        { value: '555-555-5555', type: 'work' },
        { value: '555-555-4444', type: 'mobile' },
      ],
      ims: [{ value: 'someaimhandle', type: 'aim' }],
      photos: [
        { value: 'https://photos.example.com/profilephoto/72930000000Ccne/F', type: 'photo' },
        { value: 'https://photos.example.com/profilephoto/72930000000Ccne/T', type: 'thumbnail' },
      ],
      userType: 'Employee',
      title: 'Tour Guide',
      preferredLanguage: 'en-US',
      locale: 'en-US',
      timezone: 'America/Los_Angeles',
      active: true,
      groups: [{ value: 'e9e30dba-f08f-4109-8486-d5c6a331660a', display: 'Tour Guides' }],
      x509Certificates: [{ value: 'MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAwTjELMAkGA1UEBhMCVVMx' }],
      meta: { resourceType: 'User', created: '2010-01-23T04:56:22Z' },
    }
    const { schemas: _schemas, id: _id, groups: _groups, meta: _meta, ...stored } = body
    expect(parseUser(body, strict)).toEqual(stored)
  })

  test.each([
    ['id', { id: 'mine' }],
    ['meta', { meta: { version: 'W/"99"' } }],
    ['groups', { groups: [{ value: 'g1' }] }],
    ['readOnly in another case', { GROUPS: [{ value: 'g1' }], ID: 'x' }],
  ])('§3.3: readOnly %s is ignored', (_name, extra) => {
    expect(parseUser({ ...minimal, ...extra }, strict)).toEqual({ userName: 'john', active: true })
  })

  test('RFC 7643 §2.1: names in any case are stored in the case of the schema', () => {
    const body = { USERNAME: 'john', NAME: { GIVENNAME: 'John' }, Emails: [{ VALUE: 'j@x.example', Type: 'work' }] }
    expect(parseUser(body, okta)).toEqual({
      userName: 'john',
      active: true,
      name: { givenName: 'John' },
      emails: [{ value: 'j@x.example', type: 'work' }],
    })
  })

  test('the enterprise URN in any case', () => {
    const body = { ...minimal, [ENTERPRISE_SCHEMA.toUpperCase()]: { Department: 'Halls' } }
    expect(parseUser(body, okta)[ENTERPRISE_SCHEMA]).toEqual({ department: 'Halls' })
  })

  test('active is true when not said, and false when said', () => {
    expect(parseUser(minimal, okta).active).toBe(true)
    expect(parseUser({ ...minimal, active: false }, okta).active).toBe(false)
  })

  test('RFC 7643 §2.5: null and [] are no value', () => {
    const body = { ...minimal, title: null, emails: [], phoneNumbers: null, name: { givenName: null } }
    expect(parseUser(body, strict)).toEqual({ userName: 'john', active: true })
  })

  test('canonical values are hints: another type is kept', () => {
    const emails = [{ value: 'j@x.example', type: 'on-call' }]
    expect(parseUser({ ...minimal, emails }, strict).emails).toEqual(emails)
  })

  test('what is returned shares nothing with the body', () => {
    const body = { ...minimal, name: { givenName: 'John' }, emails: [{ value: 'a' }] }
    const user = parseUser(body, okta)
    expect(user.name).not.toBe(body.name)
    expect(user.emails?.[0]).not.toBe(body.emails[0])
  })
})

describe('400 invalidValue, naming the attribute', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['no userName', { userName: undefined }, 'userName'],
    ['userName null', { userName: null }, 'userName'],
    ['userName empty', { userName: '' }, 'userName'],
    ['userName a number', { userName: 7 }, 'userName'],
    ['userName an object', { userName: { value: 'john' } }, 'userName'],
    ['a trailing blank', { userName: 'john ' }, 'userName'],
    ['a leading blank', { userName: '\tjohn' }, 'userName'],
    ['a trailing no-break space', { userName: 'john\u00a0' }, 'userName'],
    ['only blanks', { userName: '   ' }, 'userName'],
    ['a userName longer than an index holds', { userName: 'j'.repeat(513) }, 'userName'],
    ['an externalId longer than an index holds', { externalId: 'j'.repeat(513) }, 'externalId'],
    ['NUL', { title: 'a\u0000' }, 'title'],
    ['a lone surrogate inside a list', { emails: [{ value: '\ud800' }] }, 'emails.value'],
    ['active as a word', { active: 'yes' }, 'active'],
    ['active as a number', { active: 1 }, 'active'],
    ['a text for name', { name: 7 }, 'name'],
    ['a list for name', { name: ['John'] }, 'name'],
    ['a number for givenName', { name: { givenName: 7 } }, 'name.givenName'],
    ['an object for title', { title: { value: 'x' } }, 'title'],
    ['a number for emails', { emails: 7 }, 'emails'],
    ['a list in a list', { emails: [['a']] }, 'emails'],
    ['primary as a number', { emails: [{ value: 'a', primary: 1 }] }, 'emails.primary'],
    ['a number for the department', { [ENTERPRISE_SCHEMA]: { department: 7 } }, `${ENTERPRISE_SCHEMA}:department`],
    [
      'two primaries',
      {
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
      'emails',
    ],
    ['201 values', { emails: Array.from({ length: 201 }, (_, i) => ({ value: `e${i}` })) }, 'emails'],
    ['a certificate that is not base64', { x509Certificates: [{ value: '<pem>' }] }, 'x509Certificates.value'],
    ['a script as a profile', { profileUrl: 'javascript:alert(1)' }, 'profileUrl'],
    ['a page as a photo', { photos: [{ value: 'data:text/html,<b>' }] }, 'photos.value'],
  ])('%s', (_name, extra, attribute) => {
    const run = () => parseUser({ ...minimal, ...extra }, okta)
    expect(refusalOf(run)).toBe('400 invalidValue')
    expect(detailOf(run)).toContain(`"${attribute}"`)
  })

  test('a long value is not repeated in the detail', () => {
    expect(detailOf(() => parseUser({ ...minimal, title: 'zq'.repeat(2_000) }, okta)).length).toBeLessThan(200)
  })
})

describe('400 invalidSyntax', () => {
  test.each([
    ['no body', undefined],
    ['null', null],
    ['a list', [minimal]],
    ['a text', 'john'],
    ['one attribute in two spellings', { userName: 'john', username: 'joan' }],
    ['one sub-attribute in two spellings', { userName: 'john', name: { givenName: 'a', GIVENNAME: 'b' } }],
  ])('%s', (_name, body) => {
    expect(refusalOf(() => parseUser(body, okta))).toBe('400 invalidSyntax')
  })
})

describe('SECURITY L13, L15: names of the program', () => {
  test.each([['constructor'], ['toString'], ['hasOwnProperty'], ['__defineGetter__']])(
    '%s as a key is no attribute',
    (key) => {
      const user = parseUser({ ...minimal, [key]: { polluted: true }, name: { [key]: 'x' } }, okta)
      expect(Object.keys(user)).toEqual(['active', 'userName'])
    },
  )

  test('an own __proto__ key pollutes nothing', () => {
    const body = Object.fromEntries([...Object.entries(minimal), ['__proto__', { polluted: true }]])
    const user = parseUser(body, okta)
    expect(Object.getPrototypeOf(user)).toBe(Object.prototype)
    expect('polluted' in {}).toBe(false)
  })

  test.each([['role'], ['orgId'], ['org_id'], ['sessionEpoch'], ['version']])(
    '%s from a body reaches nothing',
    (key) => {
      expect(parseUser({ ...minimal, [key]: 'owner' }, okta)).toEqual({ userName: 'john', active: true })
    },
  )
})

describe('primaryEmail and displayNameOf', () => {
  const base: UserAttributes = { userName: 'john', active: true }

  test.each<[string, UserAttributes, string | undefined]>([
    [
      'the primary one',
      {
        ...base,
        emails: [
          { value: 'a', type: 'work' },
          { value: 'b', primary: true },
        ],
      },
      'b',
    ],
    ['else the one of type work', { ...base, emails: [{ value: 'a' }, { value: 'b', type: 'Work' }] }, 'b'],
    ['else the first', { ...base, emails: [{ value: 'a' }, { value: 'b', type: 'home' }] }, 'a'],
    ['never one without a value', { ...base, emails: [{ type: 'work', primary: true }, { value: 'b' }] }, 'b'],
    ['none', base, undefined],
  ])('e-mail: %s', (_name, user, expected) => {
    expect(primaryEmail(user)).toBe(expected)
  })

  test.each<[string, UserAttributes, string]>([
    ['displayName', { ...base, displayName: 'JD', name: { formatted: 'x' } }, 'JD'],
    ['else the formatted name', { ...base, name: { formatted: 'John Doe', givenName: 'J' } }, 'John Doe'],
    ['else given and family name', { ...base, name: { givenName: 'John', familyName: 'Doe' } }, 'John Doe'],
    ['or one of them', { ...base, name: { familyName: 'Doe' } }, 'Doe'],
    ['else the userName', base, 'john'],
  ])('name: %s', (_name, user, expected) => {
    expect(displayNameOf(user)).toBe(expected)
  })
})

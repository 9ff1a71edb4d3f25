import { describe, expect, test } from 'vitest'
import { oktaCreate, refusalOf } from './fixtures'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'
import { USER_SCHEMA } from './schemas/user'
import { parseUser } from './user'

const okta = { mode: 'okta' } as const
const entra = { mode: 'entra' } as const
const strict = { mode: 'strict' } as const
const minimal = { schemas: [USER_SCHEMA], userName: 'john' }

describe('Okta', () => {
  test('the create of a wizard app: dummy password dropped, groups ignored', () => {
    const user = parseUser(oktaCreate, okta)
    expect(user).toEqual({
      userName: 'john.doe@porter.example',
      name: { givenName: 'John', familyName: 'Doe' },
      emails: [{ primary: true, value: 'john.doe@porter.example', type: 'work' }],
      displayName: 'John Doe',
      locale: 'en-US',
      externalId: '00u1john',
      active: true,
    })
    expect(JSON.stringify(user)).not.toContain('1mz050nq')
  })

  test.each([['password'], ['Password'], ['urn:ietf:params:scim:schemas:core:2.0:User:password']])(
    '%s is dropped',
    (key) => {
      expect(parseUser({ ...minimal, [key]: 'secret' }, okta)).toEqual({ userName: 'john', active: true })
    },
  )

  test('C9337: empty values mean unset', () => {
    const body = {
      ...minimal,
      title: '',
      externalId: '',
      name: { givenName: '', familyName: '' },
      emails: [{ value: '', type: 'work', primary: true }],
      phoneNumbers: '',
      [ENTERPRISE_SCHEMA]: { department: '', manager: { value: '' } },
    }
    expect(parseUser(body, okta)).toEqual({ userName: 'john', active: true })
  })

  test('attributes of its own profile are ignored', () => {
    const body = { ...minimal, secondEmail: 'x', 'urn:okta:custom:1.0:user': { shoe: 45 }, name: { nick: 'J' } }
    expect(parseUser(body, okta)).toEqual({ userName: 'john', active: true })
  })

  test('a body without schemas is read', () => {
    expect(parseUser({ userName: 'john' }, okta).userName).toBe('john')
  })

  test('the same e-mail twice is kept once', () => {
    const emails = [
      { value: 'John@x.example', type: 'work' },
      { value: 'john@x.example', type: 'Work', primary: true },
    ]
    expect(parseUser({ ...minimal, emails }, okta).emails).toEqual([
      { value: 'john@x.example', type: 'Work', primary: true },
    ])
  })

  test('manager with a name and no value keeps the name', () => {
    const body = { ...minimal, [ENTERPRISE_SCHEMA]: { manager: { displayName: 'Mary' } } }
    expect(parseUser(body, okta)[ENTERPRISE_SCHEMA]?.manager).toEqual({ displayName: 'Mary' })
  })
})

describe('Entra', () => {
  test.each([
    ['"False"', 'False', false],
    ['"True"', 'True', true],
    ['"false"', 'false', false],
  ])('active as %s', (_name, active, expected) => {
    expect(parseUser({ ...minimal, active }, entra).active).toBe(expected)
  })

  test('manager as bare text', () => {
    const body = { ...minimal, [ENTERPRISE_SCHEMA]: { manager: 'm-1' } }
    expect(parseUser(body, entra)[ENTERPRISE_SCHEMA]).toEqual({ manager: { value: 'm-1' } })
  })

  test('one object, and bare text, where a list belongs', () => {
    expect(parseUser({ ...minimal, emails: { value: 'a@x', type: 'work' } }, entra).emails).toEqual([
      { value: 'a@x', type: 'work' },
    ])
    expect(parseUser({ ...minimal, emails: ['a@x', 'b@x'] }, entra).emails).toEqual([
      { value: 'a@x' },
      { value: 'b@x' },
    ])
  })

  test('its validator’s profileUrl, which is no address', () => {
    expect(parseUser({ ...minimal, profileUrl: 'PQORKDIKBSSW' }, entra).profileUrl).toBe('PQORKDIKBSSW')
  })
})

describe('strict: the interoperability profile', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['an unknown attribute', { shoeSize: 45 }, '400 invalidSyntax'],
    ['an unknown sub-attribute', { name: { nick: 'J' } }, '400 invalidSyntax'],
    ['an unknown extension', { 'urn:acme:1.0:User': {} }, '400 invalidSyntax'],
    ['the password', { password: 'secret' }, '400 invalidSyntax'],
    ['"False"', { active: 'False' }, '400 invalidValue'],
    ['bare text for a list', { emails: 'a@x' }, '400 invalidValue'],
    ['one object for a list', { emails: { value: 'a@x' } }, '400 invalidValue'],
    ['bare text for a complex value', { [ENTERPRISE_SCHEMA]: { manager: 'm' } }, '400 invalidValue'],
    ['no schemas', { schemas: undefined }, '400 invalidSyntax'],
    ['another schema', { schemas: ['urn:acme'] }, '400 invalidSyntax'],
  ])('%s is refused', (_name, extra, expected) => {
    expect(refusalOf(() => parseUser({ ...minimal, ...extra }, strict))).toBe(expected)
  })

  test('an empty text is a text', () => {
    expect(parseUser({ ...minimal, title: '' }, strict).title).toBe('')
  })
})

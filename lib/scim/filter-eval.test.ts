import { describe, expect, test } from 'vitest'
import { parseDateTime, parseFilter } from './filter'
import { compareCodePoints, evaluateFilter } from './filter-eval'
import { BASE_URL, john } from './fixtures'
import { groupResource, userResource } from './resource'
import { resourceTypeTable } from './resource-types'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'

const stored = {
  id: 'u-1',
  created: new Date('2026-01-31T09:30:00.000Z'),
  modified: new Date('2026-02-01T00:00:00.000Z'),
  version: 'W/"1-0"',
}
const user = userResource({ ...stored, attributes: john, groups: [{ value: 'g-1', display: 'Porters' }] }, BASE_URL)
const group = groupResource(
  { ...stored, id: 'g-1', attributes: { displayName: 'Porters' }, members: [{ value: 'u-1', display: 'John Doe' }] },
  BASE_URL,
)

const matches = (text: string, resource = user) => evaluateFilter(parseFilter(text, 'User'), resource)

describe('operators on text (RFC 7644 §3.4.2.2 table 3)', () => {
  test.each([
    ['userName eq "john.doe@porter.example"', true],
    ['userName eq "JOHN.DOE@PORTER.EXAMPLE"', true],
    ['userName eq "john"', false],
    ['userName ne "john"', true],
    ['userName ne "John.Doe@porter.example"', false],
    ['userName co "DOE@"', true],
    ['userName co "%"', false],
    ['userName co "_"', false],
    ['userName co "."', true],
    ['userName co "j.*n"', false],
    ['userName co ""', true],
    ['userName sw "john."', true],
    ['userName sw "doe"', false],
    ['userName ew ".EXAMPLE"', true],
    ['userName ew "john"', false],
    ['userName gt "john"', true],
    ['userName gt "zoe"', false],
    ['userName ge "john.doe@porter.example"', true],
    ['userName lt "k"', true],
    ['userName le "JOHN.DOE@PORTER.EXAMPLE"', true],
    ['userName lt "a"', false],
  ])('%s is %s', (text, expected) => {
    expect(matches(text)).toBe(expected)
  })
})

describe('caseExact is each attribute’s own', () => {
  test.each([
    ['externalId eq "00u1john"', true],
    ['externalId eq "00U1JOHN"', false],
    ['id eq "u-1"', true],
    ['id eq "U-1"', false],
    ['emails.value eq "JOHN@HOME.EXAMPLE"', true],
    ['groups.value eq "G-1"', false],
    ['groups.display eq "PORTERS"', true],
    ['meta.resourceType eq "user"', false],
    ['meta.resourceType eq "User"', true],
    [`${ENTERPRISE_SCHEMA}:department eq "HALLS"`, true],
    ['manager.value eq "M-1"', false],
    ['manager.value eq "m-1"', true],
    ['schemas eq "urn:ietf:params:scim:schemas:core:2.0:User"', true],
    ['schemas eq "urn:ietf:params:scim:schemas:core:2.0:user"', false],
    [`schemas eq "${ENTERPRISE_SCHEMA}"`, true],
    ['schemas co "enterprise"', true],
  ])('%s is %s', (text, expected) => {
    expect(matches(text)).toBe(expected)
  })
})

describe('multi-valued attributes match when any value does', () => {
  test.each([
    ['emails eq "john@home.example"', true],
    ['emails co "home"', true],
    ['emails.type eq "work" and emails.value co "home"', true],
    ['emails[type eq "work" and value co "home"]', false],
    ['emails[type eq "home" and value co "home"]', true],
    ['emails[not (type eq "work")]', true],
    ['emails[type eq "work" or type eq "pager"]', true],
    ['emails[primary eq true]', true],
    ['emails[primary eq "True"]', true],
    ['emails[primary eq true and type eq "home"]', false],
    ['emails[display pr]', false],
    ['emails.type ne "work"', true],
    ['phoneNumbers.type ne "work"', false],
    ['ims[type eq "xmpp"]', false],
    ['ims[not (type eq "xmpp")]', false],
    ['groups.value eq "g-1"', true],
    ['groups eq "g-1"', true],
    ['groups[display sw "Port"]', true],
    ['addresses.locality eq "wien"', true],
  ])('%s is %s', (text, expected) => {
    expect(matches(text)).toBe(expected)
  })
})

describe('pr, null and attributes without a value', () => {
  test.each([
    ['title pr', true],
    ['nickName pr', false],
    ['name pr', true],
    ['name.middleName pr', false],
    ['emails pr', true],
    ['ims pr', false],
    ['groups pr', true],
    [`${ENTERPRISE_SCHEMA} pr`, true],
    ['manager pr', true],
    ['active pr', true],
    ['nickName eq null', true],
    ['title eq null', false],
    ['title ne null', true],
    ['nickName ne null', false],
    ['ims eq null', true],
    ['emails eq null', false],
    ['nickName ne "x"', true],
    ['nickName eq "x"', false],
    ['nickName eq ""', false],
    ['nickName co ""', false],
    ['nickName lt "x"', false],
    ['not (nickName eq "x")', true],
    ['ims.type ne "xmpp"', true],
    ['not (ims.type eq "xmpp")', true],
  ])('%s is %s', (text, expected) => {
    expect(matches(text)).toBe(expected)
  })

  test('an empty element or list is not present', () => {
    expect(matches('emails pr', { emails: [] })).toBe(false)
    expect(matches('emails pr', { emails: [{}] })).toBe(false)
    expect(matches('title pr', { title: '' })).toBe(false)
    expect(matches('active pr', { active: false })).toBe(true)
  })
})

describe('booleans and dates', () => {
  test.each([
    ['active eq true', true],
    ['active eq false', false],
    ['active ne false', true],
    ['meta.created eq "2026-01-31T09:30:00Z"', true],
    ['meta.created eq "2026-01-31T10:30:00+01:00"', true],
    ['meta.created ne "2026-01-31T09:30:00.000Z"', false],
    ['meta.created gt "2026-01-31T09:29:59.999Z"', true],
    ['meta.created gt "2026-01-31T09:30:00Z"', false],
    ['meta.created ge "2026-01-31T09:30:00Z"', true],
    ['meta.created lt "2026-02-01"', true],
    ['meta.created le "2026-01-31T04:30:00-05:00"', true],
    ['meta.lastModified gt "2026-01-31T09:30:00"', true],
    ['meta.created eq null', false],
  ])('%s is %s', (text, expected) => {
    expect(matches(text)).toBe(expected)
  })

  test.each([
    ['2026-01-31T09:30:00', '2026-01-31T09:30:00Z'],
    ['2026-01-31t09:30:00z', '2026-01-31T09:30:00Z'],
    ['2026-01-31', '2026-01-31T00:00:00Z'],
    ['2026-01-31T09:30:00.123456Z', '2026-01-31T09:30:00.123Z'],
  ])('%s is the instant %s', (a, b) => {
    expect(parseDateTime(a)).toBe(Date.parse(b))
  })

  test.each([['now'], ['2026'], ['2026-02-31T25:00:00Z'], ['31.01.2026'], ['1769851800'], ['']])(
    '%j is no date',
    (text) => {
      expect(parseDateTime(text)).toBeNaN()
    },
  )
})

describe('logic', () => {
  const cases: [string, boolean][] = [
    ['title pr and active eq true', true],
    ['title pr and active eq false', false],
    ['nickName pr or active eq true', true],
    ['nickName pr or active eq false', false],
    ['not (title pr)', false],
    ['not (title pr) or active eq true and title pr', true],
    ['(nickName pr or title pr) and active eq false', false],
    ['nickName pr or title pr and active eq false', false],
    ['not (not (title pr))', true],
  ]
  test.each(cases)('%s is %s', (text, expected) => {
    expect(matches(text)).toBe(expected)
  })
})

describe('groups', () => {
  test.each([
    ['displayName eq "PORTERS"', true],
    ['members.value eq "u-1"', true],
    ['members eq "u-2"', false],
    ['members[value eq "u-1" and type eq "User"]', true],
    ['members.display co "doe"', true],
    ['externalId pr', false],
  ])('%s is %s', (text, expected) => {
    expect(evaluateFilter(parseFilter(text, 'Group'), group)).toBe(expected)
  })
})

test.each([
  ['emails.type ne "work"', true],
  ['emails eq null', true],
  ['emails ne null', false],
  ['not (emails.value co "x")', true],
])('an empty list is no value: %s is %s', (text, expected) => {
  expect(matches(text, { emails: [] })).toBe(expected)
  expect(matches(text, {})).toBe(expected)
})

test('inherited keys are no values', () => {
  const resource = Object.create({ title: 'inherited' })
  expect(matches('title pr', resource)).toBe(false)
})

test('numbers compare as numbers, where a table has one', () => {
  const { attributes } = resourceTypeTable.User
  const title = attributes.find((each) => each.name === 'title')
  if (!title) throw new Error('no title in the table')
  const path = { text: 'level', keys: ['level'], attribute: { ...title, type: 'integer' as const } }
  const compare = (op: 'gt' | 'eq' | 'le', value: number) =>
    evaluateFilter({ kind: 'compare', path, op, value }, { level: 10 })
  expect(compare('gt', 9)).toBe(true)
  expect(compare('eq', 10)).toBe(true)
  expect(compare('le', 9)).toBe(false)
})

test.each([
  ['a', 'b', -1],
  ['b', 'a', 1],
  ['a', 'a', 0],
  ['a', 'ab', -1],
  ['\uffff', '😀', -1],
  ['😀', '\ue000', 1],
  ['😀', '😁', -1],
])('compareCodePoints(%j, %j) has the sign of UTF-8 order', (a, b, sign) => {
  expect(Math.sign(compareCodePoints(a, b))).toBe(sign)
  expect(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)))).toBe(sign)
})

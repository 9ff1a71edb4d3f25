import { describe, expect, test } from 'vitest'
import { BASE_URL, deepFreeze, john } from './fixtures'
import { project, projectionOf, shows } from './projection'
import { groupResource, userResource } from './resource'
import { resourceTypeTable } from './resource-types'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'
import { USER_SCHEMA } from './schemas/user'

const stored = { created: new Date(0), modified: new Date(0), version: 'W/"1-0"' }
const user = deepFreeze(
  userResource({ ...stored, id: 'u-1', attributes: john, groups: [{ value: 'g-1', display: 'Porters' }] }, BASE_URL),
)
const group = groupResource(
  { ...stored, id: 'g-1', attributes: { displayName: 'Porters' }, members: [{ value: 'u-1' }] },
  BASE_URL,
)
const always = { schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA], id: 'u-1' }

const only = (names: string) => project(user, projectionOf(names, undefined, 'User'))
const without = (names: string) => project(user, projectionOf(undefined, names, 'User'))

describe('RFC 7644 §3.9: attributes', () => {
  test.each<[string, string, object]>([
    ['one attribute', 'userName', { userName: john.userName }],
    ['in any case, with blanks', ' USERNAME , title', { userName: john.userName, title: 'Porter' }],
    ['by the core URN', `${USER_SCHEMA}:userName`, { userName: john.userName }],
    ['a complex attribute', 'name', { name: john.name }],
    ['a sub-attribute', 'name.givenName', { name: { givenName: 'John' } }],
    [
      'a sub-attribute of a list',
      'emails.value',
      { emails: [{ value: 'john.doe@porter.example' }, { value: 'john@home.example' }] },
    ],
    ['a sub-attribute some elements lack', 'emails.primary', { emails: [{ primary: true }] }],
    ['an extension', ENTERPRISE_SCHEMA, { [ENTERPRISE_SCHEMA]: john[ENTERPRISE_SCHEMA] }],
    ['an extension attribute', `${ENTERPRISE_SCHEMA}:department`, { [ENTERPRISE_SCHEMA]: { department: 'Halls' } }],
    [
      'an extension sub-attribute',
      `${ENTERPRISE_SCHEMA}:manager.value`,
      { [ENTERPRISE_SCHEMA]: { manager: { value: 'm-1' } } },
    ],
    ['an attribute without a value', 'nickName', {}],
    ['a sub-attribute without a value', 'name.middleName', {}],
    ['only names no table has', 'shoeSize,__proto__', {}],
    ['the whole and a part is the whole', 'name,name.givenName', { name: john.name }],
  ])('%s', (_name, names, expected) => {
    expect(only(names)).toEqual({ ...always, ...expected })
  })

  test('RFC 7643 §7 returned always: id and schemas stay', () => {
    expect(only('title')).toHaveProperty('id', 'u-1')
    expect(without('id,schemas,title')).toMatchObject(always)
  })
})

describe('RFC 7644 §3.9: excludedAttributes', () => {
  test.each<[string, string, string[]]>([
    ['one attribute', 'title', ['title']],
    ['in any case', 'EMAILS,GROUPS', ['emails', 'groups']],
    ['an extension', ENTERPRISE_SCHEMA, [ENTERPRISE_SCHEMA]],
    ['meta', 'meta', ['meta']],
    ['names no table has', 'shoeSize', []],
  ])('%s', (_name, names, gone) => {
    expect(Object.keys(without(names)).sort()).toEqual(
      Object.keys(user)
        .filter((each) => !gone.includes(each))
        .sort(),
    )
  })

  test('a sub-attribute only', () => {
    expect(without('name.givenName').name).toEqual({ familyName: 'Doe', formatted: 'John Doe' })
    expect(without('emails.value').emails).toEqual([{ type: 'work', primary: true }, { type: 'home' }])
    expect(without(`${ENTERPRISE_SCHEMA}:manager.displayName`)[ENTERPRISE_SCHEMA]).toEqual({
      department: 'Halls',
      manager: { value: 'm-1' },
    })
  })

  test('Entra: excludedAttributes=members', () => {
    const projection = projectionOf(undefined, 'members', 'Group')
    expect('members' in project(group, projection)).toBe(false)
    expect(project(group, projection)).toHaveProperty('displayName', 'Porters')
  })
})

describe('shows: what need not be loaded', () => {
  test.each<[string, string | undefined, string | undefined, boolean]>([
    ['by default', undefined, undefined, true],
    ['when excluded', undefined, 'members', false],
    ['when a part is excluded', undefined, 'members.display', true],
    ['when named', 'members', undefined, true],
    ['when a part is named', 'members.value', undefined, true],
    ['when others are named', 'displayName', undefined, false],
  ])('members %s', (_name, attributes, excluded, expected) => {
    expect(shows(projectionOf(attributes, excluded, 'Group'), 'members')).toBe(expected)
  })

  test('an attribute no table has is never shown', () => {
    expect(shows(projectionOf(undefined, undefined, 'User'), 'shoeSize')).toBe(false)
  })
})

test('the default answer is the resource itself', () => {
  expect(project(user, projectionOf('', '', 'User'))).toBe(user)
  expect(projectionOf(['userName'], undefined, 'User').mode).toBe('only')
  expect(projectionOf([], ['groups'], 'User').mode).toBe('without')
})

test('a list of names is cut at a hundred', () => {
  const names = Array.from({ length: 200 }, () => 'userName').join(',')
  expect(projectionOf(`${names},title`, undefined, 'User').paths).toEqual(new Set(['userName']))
})

test('no table has an attribute returned never or on request, which the default answer relies on', () => {
  const all = Object.values(resourceTypeTable).flatMap((each) => each.attributes)
  const flat = all.flatMap((each) => [
    each,
    ...(each.subAttributes ?? []).flatMap((sub) => [sub, ...(sub.subAttributes ?? [])]),
  ])
  expect(flat.filter((each) => each.returned === 'never' || each.returned === 'request')).toEqual([])
})

import { expect, test } from 'vitest'
import { changeText, flattenAttributes, shortPath } from './diff-text'

test.each([
  ['added', { path: 'title', after: 'Driver' }, null, 'Driver'],
  ['removed', { path: 'title', before: 'Driver' }, 'Driver', null],
  ['absent is not null', { path: 'title', before: null, after: 'x' }, 'null', 'x'],
  ['an empty text is visible', { path: 'title', before: '', after: ' ' }, '""', ' '],
  ['false is a value', { path: 'active', before: true, after: false }, 'true', 'false'],
  ['a whole object', { path: 'name', after: { givenName: 'J' } }, null, '{"givenName":"J"}'],
])('a change as text: %s', (_, change, before, after) => {
  expect(changeText(change)).toEqual({ path: change.path, before, after })
})

test.each([
  ['name.givenName', 'name.givenName'],
  ['emails[type eq "work"].value', 'emails[type eq "work"].value'],
  ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', 'department'],
])('path %s is shown as %s', (path, short) => {
  expect(shortPath(path)).toBe(short)
})

test('attributes are flattened to SCIM paths, the best known first', () => {
  const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
  const flat = flattenAttributes({
    schemas: ['x'],
    id: '1',
    active: true,
    locale: 'en-US',
    emails: [
      { type: 'work', value: 'j@porter.example', primary: true },
      { type: 'home', value: 'j@home.example' },
    ],
    userName: 'j',
    name: { givenName: 'John', middleName: null },
    [enterprise]: { department: 'IT', manager: { value: '7' } },
    roles: ['a'],
  })
  expect(flat).toEqual([
    { path: 'userName', value: 'j' },
    { path: 'name.givenName', value: 'John' },
    { path: 'emails[type eq "work"].value', value: 'j@porter.example' },
    { path: 'emails[type eq "work"].primary', value: 'true' },
    { path: 'emails[type eq "home"].value', value: 'j@home.example' },
    { path: 'locale', value: 'en-US' },
    { path: 'roles[0]', value: 'a' },
    { path: `${enterprise}:department`, value: 'IT' },
    { path: `${enterprise}:manager.value`, value: '7' },
  ])
})

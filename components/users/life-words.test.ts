import { expect, test } from 'vitest'
import { lifeWords } from './life-words'

const group = (id: string, rest: object, more = '') => ({ path: `groups[value eq "${id}"]${more}`, ...rest })

test.each([
  [[group('g', { after: { value: 'g', display: 'Ops' } })], 'put into group “Ops”'],
  [[group('g', { before: { value: 'g', display: 'Ops' } })], 'taken out of group “Ops”'],
  [[group('g', { before: 'Ops', after: 'Operations' }, '.display')], 'group “Ops” was renamed “Operations”'],
  [
    [group('g', { after: { value: 'g', display: 'Ops' } }), { path: 'role', before: 'member', after: 'manager' }],
    'put into group “Ops”, became manager',
  ],
  [[{ path: 'active', before: true, after: false }], 'deactivated'],
  [
    [{ path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', after: 'IT' }],
    'changed department',
  ],
  [[{ path: 'emails[type eq "work"].value', before: 'a', after: 'b' }], 'changed emails'],
  [[], 'nothing changed'],
])('%j is told as %s', (diff, words) => {
  const plain = lifeWords({ event: null, diff }).replace(/[\u2068\u2069]/g, '')
  expect(plain).toBe(words)
})

test('a name in another script keeps to itself', () => {
  expect(lifeWords({ event: null, diff: [group('g', { after: { value: 'g', display: 'מחלקת 7' } })] })).toBe(
    'put into group “\u2068מחלקת 7\u2069”',
  )
})

test('many changes are cut to one line', () => {
  const diff = ['title', 'nickName', 'locale', 'timezone', 'userType'].map((path) => ({ path, after: 'x' }))
  expect(lifeWords({ event: null, diff })).toBe('changed title, changed nickName, changed locale, 2 more')
})

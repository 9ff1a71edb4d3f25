import { expect, test } from 'vitest'
import { eventIn, matchItems } from './palette-items'

const groups = [
  {
    value: 'Pages',
    items: [
      { id: '1', label: 'Users' },
      { id: '2', label: 'Settings: Sign-in', also: 'okta oidc' },
    ],
  },
  { value: 'Actions', items: [{ id: '3', label: 'Sign out' }] },
]
const found = (query: string) => matchItems(groups, query).flatMap(({ items }) => items.map(({ id }) => id))

test.each([
  ['', ['1', '2', '3']],
  ['  ', ['1', '2', '3']],
  ['sign', ['2', '3']],
  ['OUT sign', ['3']],
  ['oidc', ['2']],
  ['nothing', []],
])('%j finds %j', (query, ids) => {
  expect(found(query)).toEqual(ids)
})

test('groups without anything left are not shown', () => {
  expect(matchItems(groups, 'out').map(({ value }) => value)).toEqual(['Actions'])
})

const ref = `evt_${'0a'.repeat(16)}`
test.each([
  [ref, ref],
  [` ${ref} `, ref],
  [`http://localhost/orgs/porter/admin/events/${ref}?x=1`, ref],
  [`userName is taken (${ref})`, ref],
  ['evt_123', null],
  [`${ref}ff`, null],
])('the event in %j', (query, expected) => {
  expect(eventIn(query)).toBe(expected)
})

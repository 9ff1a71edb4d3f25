import { expect, test } from 'vitest'
import { handlers, pages } from '@/e2e/access/routes'
import { DOORS } from './doors'

const written = (route: string) => route.replaceAll(/\[(\w+)\]/g, ':$1')
const doorsOf = (...kinds: string[]) =>
  Object.entries(DOORS).flatMap(([route, { door }]) => (kinds.includes(door) ? [route] : []))

test('every page and route of a company that is asked for by an id is in the lab, and nothing that is none', () => {
  const byId = [...pages, ...handlers].map(written).filter((route) => /\/orgs\/:org\/.*:/.test(route))
  expect(doorsOf('page', 'json').sort()).toEqual(byId.sort())
})

test('the door that Okta’s logout tokens open is the one the app has', () => {
  expect(handlers.map(written)).toEqual(expect.arrayContaining(doorsOf('logout')))
})

test('an action is called where a page with its form is', () => {
  const at = doorsOf('action').map((route) => route.replace('POST ', 'GET '))
  expect(pages.map(written)).toEqual(expect.arrayContaining(at))
})

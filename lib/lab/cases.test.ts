import { expect, test } from 'vitest'
import { ATTEMPTS } from './attempts'
import { listCases, ROUTES, wrongsOf } from './cases'

test('every operation of the SCIM service is in the lab, and nothing that is none', () => {
  expect(Object.keys(ATTEMPTS).sort()).toEqual([...ROUTES].sort())
})

test('each operation is tried with everything its shape lets be wrong, each under an address of its own', () => {
  const cases = listCases()
  expect(new Set(cases.map(({ slug }) => slug)).size).toBe(cases.length)
  for (const route of ROUTES) {
    expect(cases.filter((each) => each.route === route).map(({ wrong }) => wrong)).toEqual(wrongsOf(route))
  }
})

test('a new operation without an attempt fails by its name', () => {
  expect(() => listCases([...ROUTES, 'DELETE /Entitlements/:id'])).toThrow('DELETE /Entitlements/:id')
})

test.each([
  ['PATCH /Users/:id', ['address', 'id']],
  ['PATCH /Groups/:id', ['address', 'id', 'member']],
  ['GET /Users', ['address', 'id', 'filter']],
  ['POST /Users', ['address', 'id', 'domain']],
  ['POST /Groups', ['address', 'member']],
  ['POST /Bulk', ['address', 'id', 'reference']],
  ['GET /Schemas', ['address']],
])('%s can be wrong in %s', (route, wrongs) => {
  expect(wrongsOf(route)).toEqual(wrongs)
})

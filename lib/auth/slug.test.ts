import { expect, test } from 'vitest'
import { isSlug, slugProblem } from './slug'

test.each(['porter', 'white-rabbit', 'a', '9lives', 'x'.repeat(48)])('%s can be a slug', (slug) => {
  expect(slugProblem(slug)).toBeNull()
})

test.each(['', 'Porter', '-a', 'a-', 'a.b', 'a b', 'a/b', 'ä', 'x'.repeat(49), 'a\n', 'a;b'])('%j cannot', (slug) => {
  expect(isSlug(slug)).toBe(false)
  expect(slugProblem(slug)).toMatch(/cannot be a slug/)
})

test.each(['okta', 'start', 'admin', 'sign-in', 'zz-readiness-acme'])('%s is reserved', (slug) => {
  expect(slugProblem(slug)).toMatch(/reserved/)
})

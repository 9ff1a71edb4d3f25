import { beforeEach, expect, test } from 'vitest'
import { env } from './env'
import { freshProcess, setEnvironment } from './test-process'

beforeEach(freshProcess)

test.each([
  ['ROLLCALL_LIMIT_SCIM_READS', 'many'],
  ['ROLLCALL_LIMIT_WRONG_TOKENS', '0'],
  ['ROLLCALL_LIMIT_ADMIN_WRITES', '1.5'],
  ['ROLLCALL_TRUSTED_PROXIES', '-1'],
  ['ROLLCALL_URL', 'rollcall'],
])('an error names the variable: %s=%s', (name, value) => {
  setEnvironment({ [name]: value })
  expect(env).toThrow(`${name}: `)
})

test('limits and proxies have defaults, and take numbers', () => {
  expect(env()).toMatchObject({ ROLLCALL_TRUSTED_PROXIES: 0 })
  setEnvironment({ ROLLCALL_LIMIT_SCIM_READS: '7', ROLLCALL_TRUSTED_PROXIES: '2' })
  expect(env()).toMatchObject({ ROLLCALL_LIMIT_SCIM_READS: 7, ROLLCALL_TRUSTED_PROXIES: 2 })
})

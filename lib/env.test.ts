import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { env } from './env'
import { forgetProcess } from './process'

beforeEach(() => {
  forgetProcess()
  vi.stubEnv('DATABASE_URL', 'postgres://app@localhost/rollcall')
  vi.stubEnv('ROLLCALL_KEYS', `v1:${Buffer.alloc(32).toString('base64')}`)
})
afterEach(() => void vi.unstubAllEnvs())

test.each([
  ['ROLLCALL_LIMIT_SCIM_READS', 'many'],
  ['ROLLCALL_LIMIT_WRONG_TOKENS', '0'],
  ['ROLLCALL_LIMIT_ADMIN_WRITES', '1.5'],
  ['ROLLCALL_TRUSTED_PROXIES', '-1'],
  ['ROLLCALL_URL', 'rollcall'],
])('an error names the variable: %s=%s', (name, value) => {
  vi.stubEnv(name, value)
  expect(env).toThrow(`${name}: `)
})

test('limits and proxies have defaults, and take numbers', () => {
  expect(env()).toMatchObject({ ROLLCALL_TRUSTED_PROXIES: 0 })
  forgetProcess()
  vi.stubEnv('ROLLCALL_LIMIT_SCIM_READS', '7')
  vi.stubEnv('ROLLCALL_TRUSTED_PROXIES', '2')
  expect(env()).toMatchObject({ ROLLCALL_LIMIT_SCIM_READS: 7, ROLLCALL_TRUSTED_PROXIES: 2 })
})

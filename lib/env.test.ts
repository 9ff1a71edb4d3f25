import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => {
  vi.resetModules()
  vi.stubEnv('DATABASE_URL', 'postgres://app@localhost/rollcall')
  vi.stubEnv('ROLLCALL_KEYS', `v1:${Buffer.alloc(32).toString('base64')}`)
})
afterEach(() => void vi.unstubAllEnvs())

const read = async () => (await import('./env')).env()

test.each([
  ['ROLLCALL_LIMIT_SCIM_READS', 'many'],
  ['ROLLCALL_LIMIT_WRONG_TOKENS', '0'],
  ['ROLLCALL_LIMIT_ADMIN_WRITES', '1.5'],
  ['ROLLCALL_TRUSTED_PROXIES', '-1'],
  ['ROLLCALL_URL', 'rollcall'],
])('an error names the variable: %s=%s', async (name, value) => {
  vi.stubEnv(name, value)
  await expect(read()).rejects.toThrow(`${name}: `)
})

test('limits and proxies have defaults, and take numbers', async () => {
  expect(await read()).toMatchObject({ ROLLCALL_TRUSTED_PROXIES: 0 })
  vi.resetModules()
  vi.stubEnv('ROLLCALL_LIMIT_SCIM_READS', '7')
  vi.stubEnv('ROLLCALL_TRUSTED_PROXIES', '2')
  expect(await read()).toMatchObject({ ROLLCALL_LIMIT_SCIM_READS: 7, ROLLCALL_TRUSTED_PROXIES: 2 })
})

import { beforeAll, expect, test } from 'vitest'
import { setEnvironment } from '@/lib/test-process'
import { contentSecurityPolicy, formTargets } from './csp'

beforeAll(() => setEnvironment({ ROLLCALL_ISSUER_ALLOW: 'http://localhost:4010/oauth2/porter,http://localhost:4011' }))

const parts = { nonce: 'abc', dev: false, https: true, formTargets: ['https://porter.okta.com'] }

test('in production only the nonce lets scripts and styles run', async () => {
  const policy = contentSecurityPolicy(parts)
  expect(policy).toContain(`script-src 'self' 'nonce-abc' 'strict-dynamic';`)
  expect(policy).toContain(`style-src 'self' 'nonce-abc';`)
  expect(policy).not.toContain('unsafe-eval')
  for (const rule of [`object-src 'none'`, `base-uri 'none'`, `frame-ancestors 'none'`, 'upgrade-insecure-requests']) {
    expect(policy).toContain(rule)
  }
  expect(policy).toContain(`form-action 'self' https://porter.okta.com`)
})

test.each([
  ['/sign-in', ['https:', 'http://localhost:4010', 'http://localhost:4011']],
  ['/sign-in/porter', ['https:', 'http://localhost:4010', 'http://localhost:4011']],
  ['/denied', ['https:', 'http://localhost:4010', 'http://localhost:4011']],
  ['/denied-not', []],
  ['/', []],
  ['/recover/x.y', []],
])('forms of %s lead to %j besides here', async (path, expected) => {
  expect(await formTargets(path, () => true)).toEqual(expected)
})

test('an org’s page without its session, or with the database away, keeps its forms here', async () => {
  expect(await formTargets('/orgs/porter', () => false)).toEqual([])
  expect(await formTargets('/orgs/..%2f', () => true)).toEqual([])
  expect(await formTargets('/orgs/porter', () => true)).toEqual([])
})

import { expect, test } from 'vitest'
import { hmac, open, randomBase62, seal } from './crypto'

test('what is sealed opens in its own place only, and never twice alike', () => {
  const sealed = seal('s3cret', 'org-a|connections.client_secret')
  expect(sealed).not.toContain('s3cret')
  expect(open(sealed, 'org-a|connections.client_secret')).toBe('s3cret')
  expect(seal('s3cret', 'org-a|connections.client_secret')).not.toBe(sealed)
  expect(() => open(sealed, 'org-b|connections.client_secret')).toThrow()
  expect(() => open(`v9${sealed.slice(2)}`, 'org-a|connections.client_secret')).toThrow(/ROLLCALL_KEYS has no key v9/)
})

test('an HMAC depends on the text, and random text has the asked length and letters', () => {
  expect(hmac('a').equals(hmac('a'))).toBe(true)
  expect(hmac('a').equals(hmac('b'))).toBe(false)
  expect(randomBase62(32)).toMatch(/^[0-9A-Za-z]{32}$/)
})

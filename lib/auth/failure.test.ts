import { expect, test } from 'vitest'
import { classifyFailure, classifyOktaError, type FlowFailure } from './failure'

test.each<[message: string, code: string | undefined, expected: FlowFailure]>([
  ['State cookie was missing.', undefined, 'stale'],
  ['state mismatch, expected a, got: b', undefined, 'stale'],
  ['nonce mismatch, expected a, got: b', undefined, 'stale'],
  ['invalid_grant (grant request is invalid)', undefined, 'stale'],
  [
    'rollcall.porter.state cookie was created for a different provider than the one handling the callback.',
    undefined,
    'stale',
  ],
  ['invalid_client (client authentication failed)', undefined, 'misconfigured'],
  ['iss mismatch, expected https://a, got: https://b', undefined, 'wrong_issuer'],
  ['unexpected iss value, expected https://a, got: https://b', undefined, 'wrong_issuer'],
  ['', 'ECONNREFUSED', 'unreachable'],
  ['getaddrinfo ENOTFOUND nowhere.example', 'ENOTFOUND', 'unreachable'],
  ['outgoing request timed out after 3500ms', 'ETIMEDOUT', 'unreachable'],
  ['expected 200 OK, got: 502 Bad Gateway', undefined, 'unreachable'],
  ['unexpected JWT alg received, expected RS256, got: HS256', undefined, 'okta_error'],
  ['failed to validate JWT signature', undefined, 'okta_error'],
])('%s %s is %s', (message, code, expected) => {
  expect(classifyFailure({ message, code })).toBe(expected)
})

test('Okta names a person who is not assigned access_denied', () => {
  expect(classifyOktaError('access_denied')).toBe('not_assigned')
  expect(classifyOktaError('server_error')).toBe('okta_error')
})

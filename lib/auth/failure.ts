/** Why a sign-in did not come through, where it was no decision of ours about a person. */
export type FlowFailure = 'stale' | 'unreachable' | 'misconfigured' | 'wrong_issuer' | 'not_assigned' | 'okta_error'

const STALE =
  /cookie was missing|value could not be parsed|different provider|state (mismatch|missing)|nonce mismatch|invalid_grant/i
const AWAY =
  /^(E[A-Z]+|UND_ERR|CERT_|DEPTH_|SELF_)|timed out|socket hang up|getaddrinfo|expected 200 OK|parse JSON|certificate/i

/** Sorts what next-auth and openid-client report into what we can say about it. */
export function classifyFailure(error: { code?: string | undefined; message: string }): FlowFailure {
  const { code = '', message } = error
  if (STALE.test(message)) return 'stale'
  if (/iss (mismatch|missing)|unexpected iss/i.test(message)) return 'wrong_issuer'
  if (/invalid_client|unauthorized_client/i.test(message)) return 'misconfigured'
  if (AWAY.test(code) || AWAY.test(message)) return 'unreachable'
  return 'okta_error'
}

/** What Okta itself answers instead of a code (`error` of the callback). */
export function classifyOktaError(error: string): FlowFailure {
  return error === 'access_denied' ? 'not_assigned' : 'okta_error'
}

import { type Line, line } from './line'

/** The newest deactivation at the company that ended a session. */
export type Revocation = { at: string; sessions: number; ref: string }

/** What is not so stays red here: a scorecard that is all green is not believed. */
export function scorecard(lastRevocation: Revocation | null): Line[] {
  const { pass, lacking, notApplicable } = line
  return [
    pass('SL1', 'Sign-in by OIDC: code, PKCE, nonce, exact redirect', 'One callback address a company', [
      'lib/auth/sign-in.db.test.ts',
    ]),
    pass('SL1', 'Signing out here signs out at Okta', 'RP-initiated sign-out', ['e2e/pages/sign-in.spec.ts']),
    pass('SL2', 'Stronger sign-in is asked for and checked', 'max_age and acr for what changes a connection', [
      'lib/auth/step-up.db.test.ts',
    ]),
    pass('SL2', 'Sessions end when Okta says so', 'Universal Logout', ['lib/auth/universal-logout.db.test.ts']),
    lacking(
      'SL2',
      'Shared signals (CAEP session-revoked) are received',
      'Not built: Universal Logout is the only signal',
    ),
    revocationLine(lastRevocation),
    notApplicable('AL1', 'It ends API, refresh and personal tokens', 'Rollcall gives people no tokens of their own'),
    pass('AL1', 'Every write is in an audit log', 'One event in the commit of each write', [
      'lib/directory/write-user.db.test.ts',
    ]),
    pass('AL2', 'No local edits of people the directory manages', 'Refused by the one write path, whoever asks', [
      'lib/directory/manage-users.db.test.ts',
    ]),
    pass('AL2', 'No password is taken', 'It is dropped, and looked for in every table and log', [
      'e2e/secrets.spec.ts',
    ]),
    pass('AL2', 'Bulk, and 50 member changes in one PATCH', 'RFC 7644 §3.7', [
      'e2e/rfc7644/bulk.db.test.ts',
      'lib/scim-api/groups.db.test.ts',
    ]),
    lacking(
      'AL2',
      '25 requests a second for one company',
      'The default limit of a token is 600 writes a minute, 10 a second, with a burst of 200',
    ),
    lacking('AL2', 'The client signs in by private_key_jwt', 'A Bearer token; Okta’s product sends no such thing yet'),
    notApplicable('AL3', 'Roles are provisioned by standard', 'Not written yet; here by Okta’s own URNs'),
  ]
}

/** What was last seen at this very company, not in a test. */
function revocationLine(last: Revocation | null): Line {
  const title = 'Deactivating ends the sessions at once'
  if (!last) return line.unknown('AL1', title, 'Nobody with an open session was deactivated here yet')
  const sessions = last.sessions === 1 ? '1 session' : `${last.sessions} sessions`
  return line.fact('AL1', title, true, `${sessions} ended ${last.at}, ${last.ref}`)
}

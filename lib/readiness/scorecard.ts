import type { Line } from './checklist'

/** What is not so stays red here: a scorecard that is all green is not believed. */
export function scorecard(lastRevocation: { at: string; sessions: number; ref: string } | null): Line[] {
  const line = (id: string, title: string, verdict: Line['verdict'], evidence: string): Line => ({
    id,
    title,
    verdict,
    evidence,
  })
  return [
    line('SL1', 'Sign-in by OIDC: code, PKCE, nonce, exact redirect', 'pass', 'lib/auth/sign-in.db.test.ts'),
    line('SL1', 'Signing out here signs out at Okta', 'pass', 'RP-initiated logout with the session’s own ID token'),
    line('SL2', 'Stronger sign-in is asked for and checked', 'pass', 'max_age and acr for what changes a connection'),
    line('SL2', 'Sessions end when Okta says so', 'pass', 'Universal Logout'),
    line(
      'SL2',
      'Shared signals (CAEP session-revoked) are received',
      'fail',
      'Not built: Universal Logout is the only signal',
    ),
    lastRevocation
      ? line(
          'AL1',
          'Deactivating ends the sessions at once',
          'pass',
          `${lastRevocation.sessions} ended ${lastRevocation.at}, ${lastRevocation.ref}`,
        )
      : line(
          'AL1',
          'Deactivating ends the sessions at once',
          'unknown',
          'Nobody with an open session was deactivated here yet',
        ),
    line(
      'AL1',
      'It ends API, refresh and personal tokens',
      'not applicable',
      'Rollcall gives people no tokens of their own',
    ),
    line('AL1', 'Every write is in an audit log', 'pass', 'One event in the commit of each write'),
    line(
      'AL2',
      'No local edits of people the directory manages',
      'pass',
      'Refused by the one write path, whoever asks',
    ),
    line('AL2', 'No password is taken', 'pass', 'It is dropped; no table has a column for one'),
    line(
      'AL2',
      'Bulk, and 50 member changes in one PATCH',
      'pass',
      'e2e/rfc7644/bulk.db.test.ts, lib/scim-api/groups.db.test.ts',
    ),
    line(
      'AL2',
      '25 requests a second for one company',
      'fail',
      'The default limit of a token is 600 writes a minute, 10 a second, with a burst of 200',
    ),
    line(
      'AL2',
      'The client signs in by private_key_jwt',
      'fail',
      'A Bearer token; Okta’s product sends no such thing yet',
    ),
    line('AL3', 'Roles are provisioned by standard', 'not applicable', 'Not written yet; here by Okta’s own URNs'),
  ]
}

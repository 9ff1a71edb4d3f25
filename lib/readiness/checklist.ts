import type { ShownCase } from './last-run'

/** `unknown`: the cases were not run yet. `by hand`: only people can do or see it. */
export type Verdict = 'pass' | 'fail' | 'not applicable' | 'by hand' | 'unknown'
export type Line = { id: string; title: string; verdict: Verdict; evidence: string }

export type Facts = {
  cases: readonly ShownCase[]
  /** Where Rollcall is, as Okta would call it. */
  baseUrl: string
  issuer: string | null
}

const caseIds = (...ids: string[]) => ids

/** Okta's checklist for its catalogue, C1 to C27, each with a verdict and what it rests on. */
export function checklist(facts: Facts): Line[] {
  const { baseUrl, issuer } = facts
  const https = baseUrl.startsWith('https://') && !baseUrl.includes('_')
  const line = (id: string, title: string, verdict: Verdict, evidence: string): Line => ({
    id,
    title,
    verdict,
    evidence,
  })
  const cases = (id: string, title: string, ids: string[], evidence: string): Line => ({
    ...byCases(facts.cases, ids, evidence),
    id,
    title,
  })
  const custom = issuer ? new URL(issuer).pathname.startsWith('/oauth2/') : false
  return [
    line('C1', 'https base URL without an underscore', https ? 'pass' : 'fail', baseUrl),
    line(
      'C2',
      'Each customer its own credentials',
      'pass',
      'A token belongs to one company; admins make it themselves',
    ),
    line('C3', 'Header token, Bearer or OAuth code grant', 'pass', 'Bearer token'),
    line(
      'C4',
      'Okta’s five OAuth callback addresses',
      'not applicable',
      'Only for OAuth; Rollcall takes a Bearer token',
    ),
    cases('C5', 'A user’s attributes, id, active, externalId', caseIds('R05', 'R06', 'C9290'), 'Create, then read'),
    cases('C6', 'Filter, startIndex and count; numbers are numbers', caseIds('R01', 'R03', 'R08'), 'Lists'),
    cases('C7', 'Create is 201 with a body, twice is 409', caseIds('R05', 'R07'), 'POST /Users'),
    cases('C8', 'PUT replaces, PATCH activates', caseIds('C9291', 'C9292', 'C9293'), 'PUT, PATCH'),
    cases('C9', 'active false, never DELETE; passwords ignored', caseIds('C9294', 'C9311'), 'Still listed, inactive'),
    cases('C10', 'Groups by POST, PATCH, PUT, DELETE', caseIds('E group', 'E /Groups'), 'An empty group, listed'),
    line(
      'C11',
      'Answers within 60 s; 429 with whole seconds',
      'pass',
      'Statements end after 10 s; lib/scim-api/throttle.db.test.ts',
    ),
    cases('C12', 'Errors say what is wrong', caseIds('R04', 'R07', 'R09'), 'detail in 404, 409, 401'),
    line(
      'C13',
      'Bulk, .search, /Me, ServiceProviderConfig',
      'not applicable',
      'Okta does not use them; all but /Me are here',
    ),
    cases('C14', 'Okta’s SPEC suite', of(facts.cases, 'SPEC'), 'R01 to R11'),
    cases('C15', 'Okta’s CRUD suite', of(facts.cases, 'CRUD'), 'Assign, rename, deactivate, reactivate'),
    cases('C16', 'Okta’s Entitlements suite', of(facts.cases, 'Entitlements'), 'Every endpoint with count=1'),
    line('C17', 'Okta’s test plan, by Okta’s testers', 'by hand', 'The cases that can be asked are those of the run'),
    line('C18', 'Web application, code flow, on the server', 'pass', 'Code, PKCE, state, nonce; no token in the page'),
    issuer
      ? line('C19', 'The org authorization server', custom ? 'fail' : 'pass', issuer)
      : line('C19', 'The org authorization server', 'unknown', 'No issuer is entered yet'),
    line('C20', 'No offline_access, no groups scope', 'pass', 'openid, email, profile; roles come over SCIM'),
    line('C21', 'email_verified is not trusted', 'pass', 'People are matched by externalId and verified domains'),
    line(
      'C22',
      'Redirect URIs; sign-in from app and tile',
      'by hand',
      'Addresses under Settings → Sign-in; npm run okta:check',
    ),
    line('C23', 'Okta’s rate limits are minded', 'pass', 'Okta is asked at sign-in only; keys are kept ten minutes'),
    line('C24', 'Universal Logout takes Okta’s signed JWT', 'pass', 'lib/auth/universal-logout.db.test.ts'),
    line('C25', 'It ends all sessions; 204, 400, 401, 403, 404, 422', 'pass', 'lib/auth/universal-logout.db.test.ts'),
    cases(
      'C26',
      'Roles and entitlements with Okta’s URNs',
      caseIds('E types', 'E schemas', 'E user'),
      'Discovery, then a user',
    ),
    line('C27', 'Logo, description, contacts, test account', 'by hand', 'The two configuration guides are below'),
  ]
}

const of = (cases: readonly ShownCase[], suite: ShownCase['suite']): string[] =>
  cases.filter((each) => each.suite === suite).map(({ id }) => id)

function byCases(
  cases: readonly ShownCase[],
  ids: readonly string[],
  evidence: string,
): Pick<Line, 'verdict' | 'evidence'> {
  const asked = cases.filter(({ id }) => ids.includes(id))
  if (asked.length === 0) return { verdict: 'unknown', evidence: 'Not run yet' }
  const failed = asked.filter(({ ok, optional }) => !ok && !optional)
  const named = `${evidence}: ${asked.map(({ id }) => id).join(', ')}`
  if (failed.length === 0) return { verdict: 'pass', evidence: named }
  return { verdict: 'fail', evidence: failed.map(({ id, problem }) => `${id}: ${problem}`).join('; ') }
}

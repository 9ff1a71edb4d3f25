import type { ShownCase } from './last-run'
import { type Line, line } from './line'

export type Facts = {
  cases: readonly ShownCase[]
  /** Where Rollcall is, as Okta would call it. */
  baseUrl: string
  issuer: string | null
}

const LOGOUT = 'lib/auth/universal-logout.db.test.ts'
const REFUSALS = 'lib/auth/logout-refusals.db.test.ts'

/** Okta's checklist for its catalogue, C1 to C27, each with a verdict, how it is known and what it rests on. */
export function checklist({ cases: all, baseUrl, issuer }: Facts): Line[] {
  const cases = (id: string, title: string, ids: readonly string[]) => byCases(id, title, all, ids)
  const suite = (id: string, title: string, name: ShownCase['suite']) => bySuite(id, title, all, name)
  const { pass, byHand, notApplicable } = line
  return [
    baseUrlLine(baseUrl),
    pass('C2', 'Each customer its own credentials', 'A token belongs to one company', [
      'lib/scim-api/authenticate.db.test.ts',
      'lib/orgs/tokens.db.test.ts',
    ]),
    pass('C3', 'Header token, Bearer or OAuth code grant', 'Bearer token', ['lib/scim-api/authenticate.db.test.ts']),
    notApplicable('C4', 'Okta’s five OAuth callback addresses', 'Only for OAuth; Rollcall takes a Bearer token'),
    cases('C5', 'A user’s attributes, id, active, externalId', ['R05', 'R06', 'C9290']),
    cases('C6', 'Filter, startIndex and count; numbers are numbers', ['R01', 'R03', 'R08', 'G look-up', 'G link']),
    cases('C7', 'Create is 201 with a body, twice is 409', ['R05', 'R07']),
    cases('C8', 'PUT replaces, PATCH activates', ['C9291', 'C9337', 'C9292', 'C9293']),
    cases('C9', 'active false, never DELETE; a password on create is taken no notice of', ['R05', 'C9294', 'C9311']),
    cases('C10', 'Groups by POST, PATCH, PUT, DELETE', [
      ...['G create', 'G add', 'G added', 'G remove', 'G removed', 'G push now', 'G pushed', 'G put', 'G unlink'],
    ]),
    pass('C11', '429 with whole seconds', 'Retry-After is an integer; a statement ends after 10 s', [
      'lib/scim-api/throttle.db.test.ts',
    ]),
    cases('C12', 'Errors say what is wrong', ['R04', 'R07', 'R09']),
    notApplicable('C13', 'Bulk, .search, /Me, ServiceProviderConfig', 'Okta does not use them; all but /Me are here'),
    suite('C14', 'Okta’s SPEC suite', 'SPEC'),
    suite('C15', 'Okta’s CRUD suite', 'CRUD'),
    suite('C16', 'Okta’s Entitlements suite', 'Entitlements'),
    testPlan(all),
    pass('C18', 'Web application, code flow, on the server', 'Code, PKCE, state, nonce', [
      'lib/auth/sign-in.db.test.ts',
      'e2e/pages/sign-in.spec.ts',
    ]),
    issuerLine(issuer),
    pass('C20', 'No offline_access, no groups scope', 'openid, email, profile; roles come over SCIM', [
      'lib/auth/sign-in.db.test.ts',
    ]),
    pass('C21', 'email_verified is not trusted', 'People are matched by externalId and by verified domains', [
      'lib/auth/sign-in.db.test.ts',
      'lib/auth/decide.test.ts',
    ]),
    byHand(
      'C22',
      'Redirect URIs; sign-in from app and tile',
      'Addresses under Settings, Sign-in; npm run okta:check tries them',
    ),
    byHand(
      'C23',
      'Okta’s rate limits are minded',
      'Okta is asked at sign-in, sign-out and step-up only, never in a loop, so its rate-limit headers are not read',
    ),
    pass('C24', 'Universal Logout takes Okta’s signed JWT', 'Type, signature, iss, sub, aud, exp, jti', [
      LOGOUT,
      REFUSALS,
    ]),
    pass('C25', 'It ends all sessions; 204, 400, 401, 403, 404, 422', 'Each status is asked for', [LOGOUT, REFUSALS]),
    cases('C26', 'Roles and entitlements with Okta’s URNs', ['E types', 'E schemas', 'E user']),
    byHand(
      'C27',
      'Logo, description, contacts, test account',
      'The two configuration guides are below; the rest is yours',
    ),
  ]
}

function baseUrlLine(baseUrl: string): Line {
  const good = baseUrl.startsWith('https://') && !baseUrl.includes('_')
  return line.fact('C1', 'https base URL without an underscore', good, baseUrl)
}

/** Okta takes no custom authorization server in its catalogue. */
function issuerLine(issuer: string | null): Line {
  const title = 'The org authorization server'
  if (issuer === null) return line.unknown('C19', title, 'No issuer is entered yet')
  return line.fact('C19', title, !new URL(issuer).pathname.startsWith('/oauth2/'), issuer)
}

/** The part of the test plan that is requests is in the run; Okta's testers do all of it. */
function testPlan(all: readonly ShownCase[]): Line {
  const title = 'Okta’s test plan, by Okta’s testers'
  const asked = all.filter(({ id, suite }) => suite === 'Groups' || id.startsWith('C9'))
  const failed = asked.filter(isFailed)
  if (failed.length > 0)
    return {
      ...byCases(
        'C17',
        title,
        all,
        failed.map(({ id }) => id),
      ),
    }
  const part = asked.length > 0 ? `Its ${asked.length} requests in the run passed; ` : ''
  return line.byHand('C17', title, `${part}the rest is for testers at an Okta`)
}

const isFailed = ({ ok, optional }: ShownCase): boolean => !ok && !optional

const bySuite = (id: string, title: string, all: readonly ShownCase[], suite: ShownCase['suite']): Line =>
  byCases(
    id,
    title,
    all,
    all.filter((each) => each.suite === suite).map((each) => each.id),
  )

/** Pass only when every one of the named cases was asked and none failed. */
function byCases(id: string, title: string, all: readonly ShownCase[], ids: readonly string[]): Line {
  const asked = all.filter((each) => ids.includes(each.id))
  const missing = ids.filter((wanted) => !asked.some((each) => each.id === wanted))
  if (asked.length === 0) return line.unknown(id, title, 'Run the cases to know')
  const failed = asked.filter(isFailed)
  if (failed.length > 0)
    return line.run(id, title, false, failed.map((each) => `${each.id}: ${each.problem}`).join('; '))
  if (missing.length > 0) return line.unknown(id, title, `Not in the last run: ${missing.join(', ')}`)
  return line.run(id, title, true, asked.map((each) => each.id).join(', '))
}

import type { Role } from '@/db/types'
import { hasRole } from '@/lib/directory/roles'
import { type Actor, roleOf } from './actors'
import { demoRows } from './demo-rows'

/**
 * What each route needs. `open`: anybody, and the status anybody gets. `page`, `json`: a role of this company.
 * `guest`: also who came by a setup link. `id`: what `[id]` stands for, so that the other company's can be asked for. A route without a row fails the test.
 */
export type Row =
  | { door: 'open'; status: number; path?: string; origin?: string; home?: true }
  | {
      door: 'page' | 'json'
      need: Role
      id?: 'user' | 'event' | 'group' | 'session'
      ok?: number
      query?: string
      guest?: true
    }

type More = { id?: 'user' | 'event' | 'group'; ok?: number; query?: string; guest?: true }
const page = (need: Role, more: More = {}): Row => ({
  door: 'page',
  need,
  ...more,
})
const json = (need: Role, more: More = {}): Row => ({
  door: 'json',
  need,
  ...more,
})
const open = (status: number, path?: string): Row => ({ door: 'open', status, ...(path ? { path } : {}) })

/** A page or route of a demo: in this build, a production one, it is nothing to anybody. */
const demoOnly: Row = { door: 'open', status: 404 }

export const rows: Record<string, Row> = {
  ...Object.fromEntries(Object.keys(demoRows).map((route) => [route, demoOnly])),
  'GET /': open(200),
  'GET /learn': open(200),
  'GET /sign-in': open(200),
  // Who is signed in already is led home.
  'GET /sign-in/[org]': { door: 'open', status: 200, home: true },
  'GET /denied': open(200, '/denied?org=porter'),
  'GET /recover/[token]': open(200, '/recover/nothing'),
  'GET /setup/[token]': open(200, '/setup/nothing'),
  'POST /setup/[token]/open': open(303, '/setup/nothing/open'),
  'POST /sign-in/start': open(303),
  'POST /sign-in/[org]/start': open(303),
  // From another site, or it would end the sessions the other cells need.
  'POST /sign-out/[org]': { door: 'open', status: 403, origin: 'https://evil.example' },
  'POST /recover/[token]/open': open(303, '/recover/nothing/open'),
  'GET /login/okta/[org]': open(303, '/login/okta/porter?iss=https%3A%2F%2Fwrong.example'),
  'GET /api/health': open(200),
  'GET /api/orgs/[org]/test-connection/callback': json('admin', { ok: 303 }),
  'POST /api/orgs/[org]/test-connection': json('admin', { ok: 303 }),
  'POST /api/orgs/[org]/global-token-revocation': open(401),
  'GET /api/orgs/[org]/palette': json('admin'),
  'GET /api/orgs/[org]/readiness': json('admin', { query: '?file=report.json' }),
  'GET /orgs/[org]/admin/setup/readiness': page('admin'),
  'GET /api/orgs/[org]/users/export.csv': json('admin'),
  'GET /api/orgs/[org]/users/[id]': json('admin', { id: 'user' }),
  'GET /orgs/[org]/admin/setup': page('admin', { guest: true }),
  'GET /orgs/[org]/admin/users/review': page('admin'),
  'GET /orgs/[org]/admin/settings/domains': page('admin'),
  'GET /orgs/[org]/admin/settings/general': page('admin'),
  'GET /orgs/[org]/admin/settings/roles': page('admin'),
  'GET /orgs/[org]/admin/settings/sign-in': page('admin'),
  'GET /orgs/[org]/admin/settings/provisioning': page('admin'),
  'GET /orgs/[org]/admin/settings': page('admin', { ok: 307 }),
  'GET /orgs/[org]/admin/users/[id]/edit': page('admin', { id: 'user' }),
  'GET /orgs/[org]/admin/users/import': page('admin'),
  'GET /orgs/[org]/admin/users/new': page('admin'),
  'GET /api/me': json('member', { query: '?org=porter' }),
  'GET /busy': open(429),
  'GET /orgs/[org]': page('member'),
  'GET /orgs/[org]/access': page('member'),
  'GET /orgs/[org]/step-up': page('member'),
  // Lead on in any case: to Okta, to the page that says why not, or to sign in.
  'GET /api/orgs/[org]/step-up/start': open(303, '/api/orgs/porter/step-up/start'),
  'GET /api/orgs/[org]/step-up/callback': open(303, '/api/orgs/porter/step-up/callback'),
  'GET /orgs/[org]/team': page('manager'),
  'GET /orgs/[org]/admin': page('admin'),
  'GET /orgs/[org]/admin/users': page('admin'),
  'GET /orgs/[org]/admin/users/[id]': page('admin', { id: 'user' }),
  'GET /orgs/[org]/admin/groups': page('admin'),
  'GET /orgs/[org]/admin/groups/[id]': page('admin', { id: 'group' }),
  'GET /orgs/[org]/admin/events': page('admin'),
  'GET /orgs/[org]/admin/events/[id]': page('admin', { id: 'event' }),
  'GET /api/orgs/[org]/events': json('admin'),
  'GET /api/orgs/[org]/events/[id]': json('admin', { id: 'event' }),
  'GET /api/orgs/[org]/events/export.csv': json('admin'),
  'GET /api/orgs/[org]/events/export.ndjson': json('admin'),
  'GET /api/orgs/[org]/events/stream': json('admin'),
  'GET /api/orgs/[org]/me/stream': json('member'),
}

/** The status of one cell: who nobody is here is sent to sign in, or told 401; who lacks the role 403. */
export function expected(row: Row, actor: Actor): number {
  const role = roleOf(actor)
  if (row.door === 'open') return row.home && role ? 307 : row.status
  if (actor === 'guest' && row.guest) return 200
  if (!role) return row.door === 'page' ? 307 : 401
  return hasRole(role, row.need) ? (row.ok ?? 200) : 403
}

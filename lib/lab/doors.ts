import type { Attempt, Names, Own } from './attempts'

/** What opens it: a SCIM token, a logout token of the company's issuer, or the session of one of its admins. */
export type Door = 'scim' | 'logout' | 'json' | 'page' | 'action'

type Knock = { door: Door; make: (names: Names, own: Own) => Attempt }

/** Where each kind of door is; the company's slug follows. */
export const BASES: Readonly<Record<Door, string>> = {
  scim: '/scim/v2',
  logout: '/api/orgs',
  json: '/api/orgs',
  page: '/orgs',
  action: '/orgs',
}

/** What each page and route that names one thing names; doors.test.ts holds the list to those the app has. */
const NAMED: Readonly<Record<string, 'user' | 'group' | 'event'>> = {
  'GET /api/orgs/:org/users/:id': 'user',
  'GET /api/orgs/:org/events/:id': 'event',
  'GET /orgs/:org/admin/users/:id': 'user',
  'GET /orgs/:org/admin/users/:id/edit': 'user',
  'GET /orgs/:org/admin/groups/:id': 'group',
  'GET /orgs/:org/admin/events/:id': 'event',
}

function knockAt(route: string, name: keyof Names): Knock {
  const [, api, path = ''] = /^GET (\/api)?\/orgs\/:org(.*)$/.exec(route) ?? []
  return { door: api ? 'json' : 'page', make: (names) => ({ path: path.replace(':id', names[name]) }) }
}

/**
 * The doors beside SCIM: everything that is asked for by an id, Universal Logout, and an action, of which e2e/access
 * asks every one as everybody. Like a SCIM operation each is tried with the right key on the other company's address, and
 * with the other company's id on one's own.
 */
export const DOORS: Readonly<Record<string, Knock>> = {
  'POST /api/orgs/:org/global-token-revocation': {
    door: 'logout',
    make: (n) => ({
      path: '/global-token-revocation',
      body: { sub_id: { format: 'email', email: n.userName } },
    }),
  },
  ...Object.fromEntries(Object.entries(NAMED).map(([route, name]) => [route, knockAt(route, name)])),
  'POST /orgs/:org/admin/users': {
    door: 'action',
    make: (n) => ({ path: '/admin/users', body: { person: n.user, role: 'manager' } }),
  },
}

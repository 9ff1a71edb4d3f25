import type { Attempt, Names, Own } from './attempts'

/** What opens it: a SCIM token, a logout token of the company's issuer, or the session of one of its admins. */
export type Door = 'scim' | 'logout' | 'json' | 'page' | 'action'

type Knock = { door: Door; wrongs: ('address' | 'id')[]; make: (names: Names, own: Own) => Attempt }

/** Where each kind of door is; the company's slug follows. */
export const BASES: Readonly<Record<Door, string>> = {
  scim: '/scim/v2',
  logout: '/api/orgs',
  json: '/api/orgs',
  page: '/orgs',
  action: '/orgs',
}

const both = ['address', 'id'] as const

/**
 * The doors beside SCIM, one of each kind: every page, route and action is asked as everybody by e2e/access. Like a
 * SCIM operation each is tried with the right key on the other company's address, and with the other company's id on
 * one's own.
 */
export const DOORS: Readonly<Record<string, Knock>> = {
  'POST /api/orgs/:org/global-token-revocation': {
    door: 'logout',
    wrongs: [...both],
    make: (n) => ({
      path: '/global-token-revocation',
      body: { sub_id: { format: 'email', email: n.userName } },
    }),
  },
  'GET /api/orgs/:org/users/:id': { door: 'json', wrongs: [...both], make: (n) => ({ path: `/users/${n.user}` }) },
  'GET /orgs/:org/admin/users/:id': {
    door: 'page',
    wrongs: [...both],
    make: (n) => ({ path: `/admin/users/${n.user}` }),
  },
  'POST /orgs/:org/admin/users': {
    door: 'action',
    wrongs: [...both],
    make: (n) => ({ path: '/admin/users', body: { person: n.user, role: 'manager' } }),
  },
}

import { oktaLike } from './okta-like'

/** What a request names: the other company's, or for the control request what nobody has. */
export type Names = {
  user: string
  userName: string
  externalId: string
  group: string
  groupName: string
  entitlement: string
  event: string
}

/** What is the sender's own, and right in both requests; `fresh` is new in every request. */
export type Own = { group: string; fresh: string }

export type Attempt = { path: string; body?: unknown }

/** What is wrong with a request that is otherwise as Okta sends it. */
export type Wrong = 'address' | 'id' | 'member' | 'filter' | 'domain' | 'reference'

type Make = (names: Names, own: Own) => Attempt
type Tries = Partial<Record<Exclude<Wrong, 'address'>, Make>> & { plain?: Make }

const SEARCH = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest']
const BULK = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest']
const PATCH = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']

const patch = (...Operations: object[]) => ({ schemas: PATCH, Operations })
const inactive = patch({ op: 'replace', value: { active: false } })
const withMember = (id: string) => patch({ op: 'add', path: 'members', value: [{ value: id }] })
const members = (id: string) => [{ value: id }]
const filtered = (path: string, filter: string): Attempt => ({ path: `${path}?filter=${encodeURIComponent(filter)}` })
const searched = (path: string, filter: string): Attempt => ({ path, body: { schemas: SEARCH, filter } })

// Each reads: the one I want, or just everybody there is.
const anyUser = (n: Names) => `id eq "${n.user}" or groups.value eq "${n.group}" or userName pr`
const anyGroup = (n: Names) => `id eq "${n.group}" or members.value eq "${n.user}" or displayName pr`
const anyEntry = (n: Names) => `id eq "${n.entitlement}" or displayName pr`

const list = (path: string, one: (n: Names) => string, any: (n: Names) => string): Tries => ({
  plain: () => ({ path }),
  id: (n) => filtered(path, one(n)),
  filter: (n) => filtered(path, any(n)),
})
const search = (path: string, one: (n: Names) => string, any: (n: Names) => string): Tries => ({
  id: (n) => searched(path, one(n)),
  filter: (n) => searched(path, any(n)),
})
const only = (path: string): Tries => ({ plain: () => ({ path }) })

/** What is tried at each route of the SCIM service. A route without a row here fails lib/lab/cases.test.ts. */
export const ATTEMPTS: Readonly<Record<string, Tries>> = {
  'GET /Users': list('/Users', (n) => `userName eq "${n.userName}"`, anyUser),
  'POST /Users/.search': search('/Users/.search', (n) => `externalId eq "${n.externalId}"`, anyUser),
  'POST /Users': {
    id: (n, own) => ({
      path: '/Users',
      body: { ...oktaLike(`${own.fresh}@nowhere.example`), id: n.user, groups: [{ value: n.group }] },
    }),
    domain: (n) => ({ path: '/Users', body: oktaLike(n.userName, n.externalId) }),
  },
  'GET /Users/:id': { id: (n) => ({ path: `/Users/${n.user}` }) },
  'PUT /Users/:id': { id: (n) => ({ path: `/Users/${n.user}`, body: oktaLike(n.userName, n.externalId) }) },
  'PATCH /Users/:id': { id: (n) => ({ path: `/Users/${n.user}`, body: inactive }) },
  'DELETE /Users/:id': { id: (n) => ({ path: `/Users/${n.user}` }) },
  'GET /Groups': list('/Groups', (n) => `displayName eq "${n.groupName}"`, anyGroup),
  'POST /Groups/.search': search('/Groups/.search', (n) => `id eq "${n.group}"`, anyGroup),
  'POST /Groups': {
    member: (n, own) => ({ path: '/Groups', body: { displayName: own.fresh, members: members(n.user) } }),
  },
  'GET /Groups/:id': { id: (n) => ({ path: `/Groups/${n.group}` }) },
  'PUT /Groups/:id': {
    id: (n) => ({ path: `/Groups/${n.group}`, body: { displayName: 'Taken over', members: [] } }),
    member: (n, own) => ({
      path: `/Groups/${own.group}`,
      body: { displayName: own.fresh, members: members(n.user) },
    }),
  },
  'PATCH /Groups/:id': {
    id: (n) => ({ path: `/Groups/${n.group}`, body: patch({ op: 'remove', path: 'members' }) }),
    member: (n, own) => ({ path: `/Groups/${own.group}`, body: withMember(n.user) }),
  },
  'DELETE /Groups/:id': { id: (n) => ({ path: `/Groups/${n.group}` }) },
  'POST /.search': search(
    '/.search',
    (n) => `id eq "${n.user}"`,
    (n) => `id eq "${n.group}" or id pr`,
  ),
  'POST /Bulk': {
    id: (n) => ({
      path: '/Bulk',
      body: {
        schemas: BULK,
        Operations: [
          { method: 'PATCH', path: `/Users/${n.user}`, data: inactive },
          { method: 'DELETE', path: `/Users/${n.user}` },
          { method: 'DELETE', path: `/Groups/${n.group}` },
        ],
      },
    }),
    reference: (n, own) => ({
      path: '/Bulk',
      body: {
        schemas: BULK,
        Operations: [
          {
            method: 'POST',
            path: '/Groups',
            bulkId: 'ours',
            data: { displayName: own.fresh, members: members(n.user) },
          },
          { method: 'PATCH', path: '/Groups/bulkId:ours', data: withMember(n.user) },
          { method: 'PATCH', path: `/Groups/${n.group}`, data: withMember(n.user) },
        ],
      },
    }),
  },
  'GET /Roles': list('/Roles', (n) => `id eq "${n.entitlement}"`, anyEntry),
  'POST /Roles/.search': search('/Roles/.search', (n) => `id eq "${n.entitlement}"`, anyEntry),
  'GET /Roles/:id': { id: (n) => ({ path: `/Roles/${n.entitlement}` }) },
  'GET /Entitlements': list('/Entitlements', (n) => `id eq "${n.entitlement}"`, anyEntry),
  'POST /Entitlements/.search': search('/Entitlements/.search', (n) => `id eq "${n.entitlement}"`, anyEntry),
  'GET /Entitlements/:id': { id: (n) => ({ path: `/Entitlements/${n.entitlement}` }) },
  'GET /ServiceProviderConfig': only('/ServiceProviderConfig'),
  'GET /ResourceTypes': only('/ResourceTypes'),
  'GET /ResourceTypes/:id': { id: (n) => ({ path: `/ResourceTypes/${n.user}` }) },
  'GET /Schemas': only('/Schemas'),
  'GET /Schemas/:id': { id: (n) => ({ path: `/Schemas/${n.user}` }) },
}

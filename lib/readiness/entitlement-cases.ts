import { z } from 'zod'
import { list, type OinCase, oktaPerson } from './oin-case'

/** What the company has to offer for these cases: a role Okta may give, and an entitlement. */
export const OFFERED = {
  role: 'manager',
  entitlement: { value: 'depot-key', displayName: 'The depot key', type: 'key' },
}

const ROLE = 'urn:okta:scim:schemas:core:1.0:Role'
const ENTITLEMENT = 'urn:okta:scim:schemas:core:1.0:Entitlement'
const named = { givenName: 'Enti', familyName: 'Tled' }

const one = (endpoint: string): OinCase => ({
  id: `E ${endpoint}`,
  suite: 'Entitlements',
  title: `${endpoint} with count=1: one of them`,
  ask: () => ({ method: 'GET', path: `${endpoint}?count=1&startIndex=1` }),
  status: 200,
  body: () => list(z.object({ id: z.string(), displayName: z.string() }), { perPage: 1 }),
})

const withSchemas = (...wanted: string[]) =>
  z.object({
    Resources: z
      .array(z.object({ id: z.string() }))
      .refine((all) => wanted.every((id) => all.some((each) => each.id === id)), `lacks one of ${wanted.join(', ')}`),
  })

/** Okta's Entitlements suite: resource types, then schemas, then every endpoint it found there. */
export const entitlementCases: readonly OinCase[] = [
  {
    id: 'E types',
    suite: 'Entitlements',
    title: 'ResourceTypes names Role and Entitlement',
    ask: () => ({ method: 'GET', path: '/ResourceTypes' }),
    status: 200,
    body: () => withSchemas('User', 'Group', 'Role', 'Entitlement'),
  },
  {
    id: 'E schemas',
    suite: 'Entitlements',
    title: 'Schemas has Okta’s own two',
    ask: () => ({ method: 'GET', path: '/Schemas' }),
    status: 200,
    body: () => withSchemas(ROLE, ENTITLEMENT),
  },
  one('/Users'),
  {
    id: 'E group',
    suite: 'Entitlements',
    title: 'An empty group is created',
    ask: () => ({ method: 'POST', path: '/Groups', body: { displayName: 'Readiness', members: [] } }),
    status: 201,
    body: () => z.object({ id: z.string(), displayName: z.literal('Readiness') }),
  },
  one('/Groups'),
  one('/Roles'),
  one('/Entitlements'),
  {
    id: 'E user',
    suite: 'Entitlements',
    title: 'A person carries role and entitlement',
    ask: () => ({
      method: 'POST',
      path: '/Users',
      body: oktaPerson('enti.tled@porter.example', named, {
        roles: [{ value: OFFERED.role }],
        entitlements: [{ value: OFFERED.entitlement.value }],
      }),
    }),
    status: 201,
    body: () =>
      z.object({
        roles: z.tuple([z.object({ value: z.literal(OFFERED.role) })]),
        entitlements: z.tuple([z.object({ value: z.literal(OFFERED.entitlement.value) })]),
      }),
  },
]

import { z } from 'zod'
import { list, type Noted, type OinCase, oktaPerson, USER } from './oin-case'

/** What the company has to offer for these cases: a role Okta may give, and an entitlement. */
export const OFFERED = {
  role: 'manager',
  entitlement: { value: 'depot-key', displayName: 'The depot key', type: 'key' },
}

const named = { givenName: 'Enti', familyName: 'Tled' }

/** The resource types Okta looks for, each with its endpoint and schema. */
const TYPES = [
  { id: 'User', endpoint: '/Users', schema: USER },
  { id: 'Group', endpoint: '/Groups', schema: 'urn:ietf:params:scim:schemas:core:2.0:Group' },
  { id: 'Role', endpoint: '/Roles', schema: 'urn:okta:scim:schemas:core:1.0:Role' },
  { id: 'Entitlement', endpoint: '/Entitlements', schema: 'urn:okta:scim:schemas:core:1.0:Entitlement' },
]
const typeSchema = z.object({ id: z.string(), endpoint: z.string(), schema: z.string() })
const typesSchema = z.object({ Resources: z.array(typeSchema) })

const same = (a: z.infer<typeof typeSchema>) => (b: z.infer<typeof typeSchema>) =>
  a.id === b.id && a.endpoint === b.endpoint && a.schema === b.schema
const lacking = (found: z.infer<typeof typeSchema>[]) => TYPES.filter((type) => !found.some(same(type)))

const offerSchema = z.object({ id: z.string(), displayName: z.string(), type: z.string().optional() })

/** One of what an endpoint lists; kept as Okta would put it on a person. */
const one = (endpoint: string): OinCase => ({
  id: `E ${endpoint}`,
  suite: 'Entitlements',
  title: `${endpoint} with count=1: one of them`,
  ask: () => ({ method: 'GET', path: `${endpoint}?count=1&startIndex=1` }),
  status: 200,
  body: () => list(offerSchema, { perPage: 1, from: 1 }),
  note: (body, noted) => {
    const { id, displayName, type } = z.object({ Resources: z.tuple([offerSchema]) }).parse(body).Resources[0]
    noted.set(endpoint, JSON.stringify({ value: id, display: displayName, ...(type ? { type } : {}) }))
  },
})

const offerOf = (noted: Noted, endpoint: string): Record<string, string> => JSON.parse(noted.get(endpoint) ?? '{}')

/** Exactly what was sent has to be on the person: value, display and type. */
const exactly = (offer: Record<string, string>) =>
  z.tuple([
    z
      .object({ value: z.string() })
      .extend(Object.fromEntries(Object.entries(offer).map(([k, v]) => [k, z.literal(v)]))),
  ])

/** Okta's Entitlements suite: resource types, then schemas, then every endpoint it found there. */
export const entitlementCases: readonly OinCase[] = [
  {
    id: 'E types',
    suite: 'Entitlements',
    title: 'ResourceTypes names Role and Entitlement, each with endpoint and schema',
    ask: () => ({ method: 'GET', path: '/ResourceTypes' }),
    status: 200,
    body: () =>
      typesSchema.refine(({ Resources }) => lacking(Resources).length === 0, {
        error: ({ input }) => `lacks ${JSON.stringify(lacking(typesSchema.parse(input).Resources))}`,
      }),
    note: (body, noted) => {
      const { Resources } = typesSchema.parse(body)
      noted.set('schemas', JSON.stringify(Resources.map(({ schema }) => schema)))
    },
  },
  {
    id: 'E schemas',
    suite: 'Entitlements',
    title: 'Schemas has every schema a resource type names',
    ask: () => ({ method: 'GET', path: '/Schemas' }),
    status: 200,
    body: (noted) => {
      const wanted: string[] = JSON.parse(noted.get('schemas') ?? JSON.stringify(TYPES.map(({ schema }) => schema)))
      return z.object({
        Resources: z
          .array(z.object({ id: z.string() }))
          .refine(
            (all) => wanted.every((id) => all.some((each) => each.id === id)),
            `lacks one of ${wanted.join(', ')}`,
          ),
      })
    },
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
    title: 'A person carries the role and the entitlement of the lists, as they were sent',
    ask: (noted) => ({
      method: 'POST',
      path: '/Users',
      body: oktaPerson('enti.tled@porter.example', named, {
        roles: [offerOf(noted, '/Roles')],
        entitlements: [offerOf(noted, '/Entitlements')],
      }),
    }),
    status: 201,
    body: (noted) =>
      z.object({
        roles: exactly(offerOf(noted, '/Roles')),
        entitlements: exactly(offerOf(noted, '/Entitlements')),
      }),
  },
]

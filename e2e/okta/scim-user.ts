import { newDummyPassword } from './ids'
import { fullName, type Person } from './model'

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

type Json = Record<string, unknown>

/** A JSON object, or null for everything else. */
export const asObject = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null

/** What Okta posts for a new user: its mapped attributes, an empty group list and a dummy password. */
export const newUser = (person: Person): Json => ({
  ...mappedUser(person, true),
  groups: [],
  password: newDummyPassword(),
})

/** What Okta puts over a user it knows without reading it first. */
export const wholeUser = (person: Person, id: string): Json => ({
  ...mappedUser(person, true),
  id,
  groups: [],
  roles: scimRoles(person),
})

/** A user just read, with Okta's mapped attributes laid over it: how Okta updates a profile. */
export function mergedUser(got: Json, person: Person, active: boolean): Json {
  const { title: _title, [ENTERPRISE]: gotEnterprise, password: _password, ...rest } = got
  const { [ENTERPRISE]: mappedEnterprise, ...mapped } = mappedUser(person, active)
  const { department: _department, ...keptEnterprise } = asObject(gotEnterprise) ?? {}
  const enterprise = { ...keptEnterprise, ...asObject(mappedEnterprise) }
  const extended = Object.keys(enterprise).length > 0
  const otherSchemas = Array.isArray(got.schemas) ? got.schemas.filter((urn) => urn !== USER && urn !== ENTERPRISE) : []
  return {
    ...rest,
    ...mapped,
    schemas: [USER, ...(extended ? [ENTERPRISE] : []), ...otherSchemas],
    name: mergedName(asObject(got.name), mapped.name, person),
    roles: scimRoles(person),
    ...(extended ? { [ENTERPRISE]: enterprise } : {}),
  }
}

/** Only who has a formatted name gets a new one: a push must not add what nobody mapped. */
function mergedName(got: Json | null, mapped: unknown, person: Person): Json {
  const name = { ...got, ...asObject(mapped) }
  return got?.formatted === undefined ? name : { ...name, formatted: fullName(person) }
}

/** Okta's shape without a path: the value carries the attribute. */
export const activePatch = (active: boolean): Json => ({
  schemas: [PATCH_OP],
  Operations: [{ op: 'replace', value: { active } }],
})

function mappedUser(person: Person, active: boolean): Json {
  return {
    schemas: person.department ? [USER, ENTERPRISE] : [USER],
    userName: person.login,
    name: { givenName: person.firstName, familyName: person.lastName },
    emails: [{ primary: true, value: person.login, type: 'work' }],
    displayName: fullName(person),
    locale: 'en-US',
    externalId: person.id,
    active,
    ...(person.title ? { title: person.title } : {}),
    ...(person.roles.length > 0 ? { roles: scimRoles(person) } : {}),
    ...(person.department ? { [ENTERPRISE]: { department: person.department } } : {}),
  }
}

const scimRoles = ({ roles }: Person): Json[] =>
  roles.map((role, index) => ({
    value: role,
    display: role === 'manager' ? 'Manager' : 'Admin',
    type: 'rollcall',
    primary: index === 0,
  }))

import { badRequest } from './errors'
import { isObject, type JsonObject } from './json'
import type { ScimOptions } from './options'
import { resourceTypeTable } from './resource-types'
import { type Attribute, attribute } from './schema'
import type { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'
import { USER_SCHEMA } from './schemas/user'
import { quoted } from './text'
import { cleanValue, knownEntries, settleList, type ValueContext } from './value'
import { isDroppedPassword, type Quirks, quirksOf } from './vendor'

export type Name = {
  formatted?: string
  familyName?: string
  givenName?: string
  middleName?: string
  honorificPrefix?: string
  honorificSuffix?: string
}

/** An element of emails, phoneNumbers, ims, photos, entitlements, roles and x509Certificates. */
export type MultiValue = { value?: string; display?: string; type?: string; primary?: boolean }

export type Address = {
  formatted?: string
  streetAddress?: string
  locality?: string
  region?: string
  postalCode?: string
  country?: string
  type?: string
  primary?: boolean
}

export type EnterpriseUser = {
  employeeNumber?: string
  costCenter?: string
  organization?: string
  division?: string
  department?: string
  manager?: { value?: string; $ref?: string; displayName?: string }
}

/** What is stored of a user: RFC 7643 §4.1 and §4.3 without id, meta, groups, password and schemas. */
export type UserAttributes = {
  userName: string
  externalId?: string
  active: boolean
  name?: Name
  displayName?: string
  nickName?: string
  profileUrl?: string
  title?: string
  userType?: string
  preferredLanguage?: string
  locale?: string
  timezone?: string
  emails?: MultiValue[]
  phoneNumbers?: MultiValue[]
  ims?: MultiValue[]
  photos?: MultiValue[]
  addresses?: Address[]
  entitlements?: MultiValue[]
  roles?: MultiValue[]
  x509Certificates?: MultiValue[]
  [ENTERPRISE_SCHEMA]?: EnterpriseUser
}

/** A user as one complex attribute, so that a body is read by the same rules as any object in it. */
const userRoot: Attribute = attribute('', 'complex', 'A user', {
  subAttributes: resourceTypeTable.User.attributes,
})

/**
 * The body of POST or PUT /Users (RFC 7644 §3.3, §3.5.1) as what is stored. ReadOnly attributes and the password are
 * ignored; unknown ones too, but in strict mode. `active` is true when not said. Throws only ScimError.
 */
export function parseUser(body: unknown, opts: ScimOptions): UserAttributes {
  if (!isObject(body)) throw badRequest('invalidSyntax', 'The request body must be a JSON object: the user.')
  const quirks = quirksOf(opts)
  checkSchemas(body, USER_SCHEMA, quirks.looseEnvelope)
  refuseForeignSchemas(body, 'User', quirks)
  const ctx: ValueContext = { quirks, readOnly: 'ignore' }
  const named = Object.keys(body).some((key) => isDroppedPassword(key, quirks)) ? withoutPassword(body, opts) : body
  const doc: JsonObject = {}
  for (const [each, raw, path] of knownEntries(userRoot, named, '', ctx)) {
    const value = cleanValue(each, raw, path, ctx)
    if (value !== undefined) doc[each.name] = value
  }
  return settleUser({ active: true, ...doc })
}

function withoutPassword(body: JsonObject, opts: ScimOptions): JsonObject {
  const quirks = quirksOf(opts)
  return Object.fromEntries(Object.entries(body).filter(([key]) => !isDroppedPassword(key, quirks)))
}

/** RFC 7643 §3: `schemas` names the core schema. Bodies without it pass where the vendor leaves it out. */
export function checkSchemas(body: JsonObject, required: string, loose: boolean): void {
  const found = Object.keys(body).find((key) => key.toLowerCase() === 'schemas')
  const schemas = found === undefined ? undefined : body[found]
  if (loose) return
  const names = Array.isArray(schemas) && schemas.some((each) => each === required)
  if (!names)
    throw badRequest('invalidSyntax', `"schemas" must be a list that holds "${required}". Add it to the body.`)
}

/**
 * A resource whose `schemas` name none of the type's own is something else; where unknown attributes are refused, so
 * is every unknown name. An app's own extension beside the core schema is let pass with its attributes (Okta).
 */
export function refuseForeignSchemas(body: JsonObject, type: 'User' | 'Group', quirks: Quirks): void {
  const key = Object.keys(body).find((each) => each.toLowerCase() === 'schemas')
  const said = key === undefined ? [] : (body[key] ?? [])
  const names: unknown[] = Array.isArray(said) ? said : [said]
  const { schema, extensions } = resourceTypeTable[type]
  const known = new Set([schema, ...extensions].map((each) => each.id.toLowerCase()))
  const foreign = names.filter((each) => !(typeof each === 'string' && known.has(each.toLowerCase())))
  if (foreign.length === 0 || (quirks.ignoreUnknown && foreign.length < names.length)) return
  const [first] = foreign
  throw badRequest(
    'invalidValue',
    `"schemas" names ${typeof first === 'string' ? quoted(first) : 'something that is no text'}, which is not a schema of a ${type.toLowerCase()}. Send "${schema.id}".`,
  )
}

/** The rules over a whole user, after any write: a usable userName, settled lists, no empty objects. */
export function settleUser(doc: JsonObject): UserAttributes {
  const settled: JsonObject = {}
  for (const [key, value] of Object.entries(doc)) {
    const kept = Array.isArray(value) ? settleList(value, key) : isObject(value) ? withoutEmpty(value) : value
    if (kept !== undefined) settled[key] = kept
  }
  const { userName } = settled
  if (typeof userName !== 'string' || userName === '') {
    throw badRequest('invalidValue', '"userName" is required. Map a value to it, such as the e-mail address.')
  }
  if (userName !== userName.trim()) {
    throw badRequest(
      'invalidValue',
      '"userName" begins or ends with a blank. Remove the blank in the identity provider.',
    )
  }
  if (typeof settled.active !== 'boolean') {
    throw badRequest('invalidValue', '"active" must be true or false. Send false to deactivate the person.')
  }
  return asUser(settled)
}

function withoutEmpty(value: JsonObject): JsonObject | undefined {
  const entries = Object.entries(value).filter(([, each]) => !isObject(each) || Object.keys(each).length > 0)
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

// The tables give every key its type and cleanValue holds to them, so the shape is known; TypeScript cannot see it.
const asUser = (doc: JsonObject): UserAttributes => doc as UserAttributes

/** The address to write to: the primary e-mail, else the one of type work, else the first. */
export function primaryEmail(u: UserAttributes): string | undefined {
  const emails = (u.emails ?? []).filter((each) => each.value)
  const best = emails.find((each) => each.primary) ?? emails.find((each) => each.type?.toLowerCase() === 'work')
  return (best ?? emails[0])?.value
}

/** The name to show: displayName, else the formatted name, else given and family name, else the userName. */
export function displayNameOf(u: UserAttributes): string {
  const parts = [u.name?.givenName, u.name?.familyName].filter(Boolean).join(' ')
  return u.displayName || u.name?.formatted || parts || u.userName
}

import { isObject } from './json'
import type { ScimOptions } from './options'
import type { Attribute } from './schema'

/** Every departure from the letter of RFC 7644 that some client needs; strict mode has none of them. */
export type Quirks = {
  /** Okta, Entra: attributes of their own profile that no schema here has are ignored, not refused. */
  ignoreUnknown: boolean
  /** Okta: an attribute emptied in its profile arrives as "" and means "no value". */
  emptyIsUnset: boolean
  /** Entra: booleans as text, "True" and "False" (its aadOptscim062020 flag is off by default). */
  booleanText: boolean
  /** Entra: one value where a list belongs, `manager` or `emails` as bare text instead of an object. */
  looseShapes: boolean
  /** Okta: PATCH operations without a path, the attributes being the keys of the value. */
  pathless: boolean
  /** Okta: a dummy password on create and a password PATCH, even when password sync is off. */
  dropPassword: boolean
  /** Okta: `{ id, displayName }` as the value of a group replace; other clients repeat schemas and meta too. */
  echoedKeys: boolean
  /** Entra: an empty Operations list; Okta: no `schemas` on some bodies. */
  looseEnvelope: boolean
  /** Okta, Entra: removing what is already gone succeeds, so that a repeated push does not fail. */
  removeIsIdempotent: boolean
  /** Entra: replace on `emails[type eq "work"].value` creates the missing element instead of noTarget. */
  createOnReplace: boolean
}

const okta: Quirks = {
  ignoreUnknown: true,
  emptyIsUnset: true,
  booleanText: true,
  looseShapes: true,
  pathless: true,
  dropPassword: true,
  echoedKeys: true,
  looseEnvelope: true,
  removeIsIdempotent: true,
  createOnReplace: false,
}

const strict: Quirks = {
  ignoreUnknown: false,
  emptyIsUnset: false,
  booleanText: false,
  looseShapes: false,
  pathless: false,
  dropPassword: false,
  echoedKeys: false,
  looseEnvelope: false,
  removeIsIdempotent: false,
  createOnReplace: false,
}

const byMode: Readonly<Record<ScimOptions['mode'], Quirks>> = {
  okta,
  entra: { ...okta, createOnReplace: true },
  strict,
}

export function quirksOf(opts: ScimOptions): Quirks {
  return byMode[opts.mode]
}

/** The value as the schema shapes it: text booleans, bare values and single elements made whole. Does not validate. */
export function reshape(attribute: Attribute, raw: unknown, quirks: Quirks): unknown {
  if (raw === '' && quirks.emptyIsUnset) return undefined
  if (attribute.type === 'boolean' && quirks.booleanText && typeof raw === 'string') {
    const text = raw.toLowerCase()
    return text === 'true' ? true : text === 'false' ? false : raw
  }
  if (attribute.type === 'complex' && quirks.looseShapes && typeof raw === 'string') return { value: raw }
  return raw
}

/** The elements of a multi-valued attribute, or undefined when this is no list (and may not pass for one). */
export function elementsOf(raw: unknown, quirks: Quirks): unknown[] | undefined {
  if (Array.isArray(raw)) return raw
  return quirks.looseShapes && (isObject(raw) || typeof raw === 'string') ? [raw] : undefined
}

const ECHOED = new Set(['schemas', 'id', 'meta'])

/** Whether a key in a path-less PATCH value says nothing: what the client echoes, and the password. */
export function isEchoed(key: string, quirks: Quirks): boolean {
  return (quirks.echoedKeys && ECHOED.has(key.toLowerCase())) || isDroppedPassword(key, quirks)
}

const PASSWORD = /^(?:urn:ietf:params:scim:schemas:core:2\.0:user:)?password$/i

export function isDroppedPassword(name: string, quirks: Quirks): boolean {
  return quirks.dropPassword && PASSWORD.test(name)
}

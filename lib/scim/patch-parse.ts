import { badRequest } from './errors'
import { isObject, type JsonObject } from './json'
import type { ScimOptions } from './options'
import { checkSchemas } from './user'
import { quirksOf } from './vendor'

export const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const MAX_OPERATIONS = 1_000

/** One operation as sent, its `op` in lower case; paths and values are not looked into yet. */
export type PatchOperation = { op: 'add' | 'replace' | 'remove'; path?: string; value?: unknown }

/**
 * The body of a PATCH (RFC 7644 §3.5.2). Key and op names in any case: Entra sends "Add", "Replace".
 * 400 invalidSyntax for another shape, tooMany beyond 1,000 operations.
 */
export function parsePatch(body: unknown, opts: ScimOptions): PatchOperation[] {
  if (!isObject(body)) throw badRequest('invalidSyntax', 'The request body must be a JSON object with "Operations".')
  const quirks = quirksOf(opts)
  checkSchemas(body, PATCH_SCHEMA, quirks.looseEnvelope)
  const operations = member(body, 'operations')
  if (!Array.isArray(operations)) {
    throw badRequest('invalidSyntax', '"Operations" must be a list of { op, path, value }.')
  }
  if (operations.length === 0 && !quirks.looseEnvelope) {
    throw badRequest('invalidSyntax', '"Operations" is empty. Send at least one operation.')
  }
  if (operations.length > MAX_OPERATIONS) {
    throw badRequest('tooMany', `"Operations" has more than ${MAX_OPERATIONS} entries. Split it into several requests.`)
  }
  return operations.map((each, i) => parseOperation(each, `Operations[${i}]`))
}

function parseOperation(raw: unknown, where: string): PatchOperation {
  if (!isObject(raw)) throw badRequest('invalidSyntax', `"${where}" must be an object with "op".`)
  const op = member(raw, 'op')
  const name = typeof op === 'string' ? op.toLowerCase() : undefined
  if (name !== 'add' && name !== 'replace' && name !== 'remove') {
    throw badRequest('invalidSyntax', `"${where}.op" must be "add", "replace" or "remove".`)
  }
  const path = member(raw, 'path')
  if (path !== undefined && path !== null && typeof path !== 'string') {
    throw badRequest('invalidPath', `"${where}.path" must be text, such as "name.givenName".`)
  }
  const value = member(raw, 'value')
  if (name !== 'remove' && value === undefined) {
    throw badRequest('invalidValue', `"${where}" has no "value". An ${name} needs one; send "remove" to clear.`)
  }
  return {
    op: name,
    // An empty path is no path: Entra sends "" with path-less values.
    ...(typeof path === 'string' && path.trim() !== '' ? { path } : {}),
    ...(value === undefined ? {} : { value }),
  }
}

function member(object: JsonObject, name: string): unknown {
  const key = Object.hasOwn(object, name) ? name : Object.keys(object).find((each) => each.toLowerCase() === name)
  return key === undefined ? undefined : object[key]
}

import { badRequest, ScimError } from './errors'
import { isObject, type JsonObject } from './json'
import { MAX_BULK_BYTES, MAX_BULK_OPERATIONS } from './limits'
import { quoted } from './text'

export const BULK_REQUEST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'
export const BULK_RESPONSE_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse'

/** One operation of a bulk request; `target.id` may be `bulkId:…` until it is resolved. */
export type BulkOperation = {
  index: number
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  target: { resourceType: 'User' | 'Group'; id?: string }
  bulkId?: string
  version?: string
  data?: unknown
}

/** An operation that cannot be read is an error of its own and leaves the others alone (RFC 7644 §3.7.3). */
export type BulkEntry = { index: number; operation: BulkOperation } | { index: number; failure: BulkFailure }
export type BulkFailure = { error: ScimError; method?: string; bulkId?: string; path?: string }

export type BulkRequest = { failOnErrors?: number; entries: BulkEntry[] }

/**
 * The body of POST /Bulk (RFC 7644 §3.7). 400 invalidSyntax for another shape, 413 beyond the limits that
 * ServiceProviderConfig says.
 */
export function parseBulk(body: unknown): BulkRequest {
  if (!isObject(body)) throw badRequest('invalidSyntax', 'The request body must be a JSON object with "Operations".')
  const { schemas, failOnErrors, Operations } = body
  if (!Array.isArray(schemas) || !schemas.includes(BULK_REQUEST_SCHEMA)) {
    throw badRequest('invalidSyntax', `"schemas" must be a list that holds "${BULK_REQUEST_SCHEMA}".`)
  }
  if (!Array.isArray(Operations)) {
    throw badRequest('invalidSyntax', '"Operations" must be a list of { method, path, bulkId, data }.')
  }
  if (Operations.length > MAX_BULK_OPERATIONS) throw tooLarge()
  const isCount = typeof failOnErrors === 'number' && Number.isInteger(failOnErrors) && failOnErrors > 0
  if (failOnErrors !== undefined && failOnErrors !== null && !isCount) {
    throw badRequest('invalidValue', '"failOnErrors" must be a whole number above 0. Correct it or leave it out.')
  }
  const seen = new Set<string>()
  return {
    ...(isCount ? { failOnErrors } : {}),
    entries: Operations.map((each, index) => readEntry(each, index, seen)),
  }
}

function tooLarge() {
  return new ScimError(
    413,
    undefined,
    `The bulk request is larger than ${MAX_BULK_OPERATIONS} operations or ${MAX_BULK_BYTES} bytes. Split it.`,
  )
}

function readEntry(raw: unknown, index: number, seen: Set<string>): BulkEntry {
  try {
    return { index, operation: readOperation(raw, index, seen) }
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    const said = isObject(raw) ? raw : {}
    return { index, failure: { error, ...textOf(said, 'method'), ...textOf(said, 'bulkId'), ...textOf(said, 'path') } }
  }
}

function textOf<K extends string>(object: JsonObject, key: K): { [P in K]?: string } {
  const value = object[key]
  const said: { [P in K]?: string } = {}
  if (typeof value === 'string') said[key] = value.slice(0, 200)
  return said
}

const PATH = /^\/(Users|Groups)(?:\/([^/?#]{1,200}))?$/
const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'] as const

function readOperation(raw: unknown, index: number, seen: Set<string>): BulkOperation {
  const where = `Operations[${index}]`
  if (!isObject(raw)) throw badRequest('invalidSyntax', `"${where}" must be an object.`)
  const { method, path, bulkId, version, data } = raw
  const verb = METHODS.find((each) => typeof method === 'string' && each === method.toUpperCase())
  if (!verb) throw badRequest('invalidSyntax', `"${where}.method" must be POST, PUT, PATCH or DELETE.`)
  const found = typeof path === 'string' ? PATH.exec(path) : null
  if (typeof path !== 'string' || !found) {
    throw badRequest('invalidPath', `"${where}.path" must be like /Users, /Groups or /Users/{id}.`)
  }
  const id = found[2]
  if (verb === 'POST' && id) throw badRequest('invalidPath', `"${where}.path" of a POST must not end in an id.`)
  if (verb !== 'POST' && !id) throw badRequest('invalidPath', `"${where}.path" of a ${verb} must end in an id.`)
  if (verb !== 'DELETE' && !isObject(data)) throw badRequest('invalidSyntax', `"${where}.data" must be an object.`)
  if (bulkId !== undefined && typeof bulkId !== 'string') {
    throw badRequest('invalidValue', `"${where}.bulkId" must be text.`)
  }
  // RFC 7644 §3.7.2: required on POST, so that the answer can be told apart.
  if (verb === 'POST' && !bulkId) throw badRequest('invalidSyntax', `"${where}.bulkId" is required for POST. Add one.`)
  if (bulkId !== undefined && seen.has(bulkId)) {
    throw badRequest('invalidValue', `"${where}.bulkId" ${quoted(bulkId)} is used twice. Give each operation its own.`)
  }
  if (bulkId !== undefined) seen.add(bulkId)
  return {
    index,
    method: verb,
    path,
    target: { resourceType: found[1] === 'Groups' ? 'Group' : 'User', ...(id ? { id } : {}) },
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(typeof version === 'string' ? { version } : {}),
    ...(data === undefined ? {} : { data }),
  }
}

/** RFC 7644 §3.7.3: one line of the answer; `status` as text, the location wherever there is a resource. */
export type BulkResult = {
  method: string
  bulkId?: string
  location?: string
  version?: string
  status: string
  response?: unknown
}

export function bulkResponse(results: readonly BulkResult[]) {
  return { schemas: [BULK_RESPONSE_SCHEMA], Operations: results }
}

import type { BulkEntry, BulkOperation } from './bulk'
import { ScimError } from './errors'
import { isObject } from './json'

const MAX_DEPTH = 32
// A whole text, or one in quotes in a PATCH path; the same words inside a sentence are just words.
const REFERENCE = /(?<=^|")bulkId:([^"]+)(?="|$)/g

/** The bulkIds an operation refers to, in its path and anywhere in its data (RFC 7644 §3.7.2). */
export function referencesOf(operation: BulkOperation): string[] {
  const found = new Set<string>()
  collect(operation.target.id, found, 0)
  collect(operation.data, found, 0)
  return [...found]
}

function collect(value: unknown, found: Set<string>, depth: number): void {
  if (depth > MAX_DEPTH) return
  if (typeof value === 'string') {
    for (const [, bulkId] of value.matchAll(REFERENCE)) if (bulkId) found.add(bulkId)
  } else if (Array.isArray(value)) for (const each of value) collect(each, found, depth + 1)
  else if (isObject(value)) for (const each of Object.values(value)) collect(each, found, depth + 1)
}

/**
 * The order to run in: as sent, with what an operation refers to moved in front of it. A reference to nothing in this
 * request, or round in a circle, makes its operation a 409 failure (§3.7.1) that stands where it would have run.
 */
export function orderBulk(entries: readonly BulkEntry[]): BulkEntry[] {
  const creators = new Map<string, BulkEntry>()
  for (const each of entries) {
    if ('operation' in each && each.operation.method === 'POST' && each.operation.bulkId) {
      creators.set(each.operation.bulkId, each)
    }
  }
  const order = new Map<number, BulkEntry>()
  const open = new Set<number>()
  // At most as deep as there are operations, 1,000.
  const place = (entry: BulkEntry): void => {
    if (order.has(entry.index)) return
    order.set(entry.index, 'operation' in entry ? settle(entry, entry.operation) : entry)
  }
  const settle = (entry: BulkEntry, operation: BulkOperation): BulkEntry => {
    open.add(entry.index)
    let problem: string | undefined
    for (const each of referencesOf(operation)) {
      const creator = creators.get(each)
      if (!creator) problem = 'a bulkId that no POST of this request has'
      else if (open.has(creator.index)) problem = 'an operation that refers back to it'
      else place(creator)
    }
    open.delete(entry.index)
    return problem ? failed(operation, problem) : entry
  }
  for (const each of entries) place(each)
  return [...order.values()]
}

function failed({ index, method, bulkId, path }: BulkOperation, what: string): BulkEntry {
  const detail = `Operations[${index}] refers to ${what}. Correct the bulkId references and send it again.`
  const error = new ScimError(409, undefined, detail)
  return { index, failure: { error, method, path, ...(bulkId === undefined ? {} : { bulkId }) } }
}

/**
 * A value with every `bulkId:x` put in place by the id it stands for; undefined when one is not known, because its
 * operation failed. The value given is not changed.
 */
export function resolveBulkIds(value: unknown, ids: ReadonlyMap<string, string>): { value: unknown } | undefined {
  let isComplete = true
  const replace = (each: unknown, depth: number): unknown => {
    if (depth > MAX_DEPTH) return each
    if (typeof each === 'string') {
      return each.replace(REFERENCE, (whole, bulkId: string) => {
        const id = ids.get(bulkId)
        isComplete &&= id !== undefined
        return id ?? whole
      })
    }
    if (Array.isArray(each)) return each.map((item) => replace(item, depth + 1))
    if (!isObject(each)) return each
    return Object.fromEntries(Object.entries(each).map(([key, item]) => [key, replace(item, depth + 1)]))
  }
  const resolved = replace(value, 0)
  return isComplete ? { value: resolved } : undefined
}

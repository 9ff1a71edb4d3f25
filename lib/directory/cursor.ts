import 'server-only'
import { createHash, timingSafeEqual } from 'node:crypto'
import { currentKeyVersion, hmac } from '@/lib/crypto'
import { badRequest } from '@/lib/scim/errors'

const LIFETIME_MS = 60 * 60 * 1000

/** Where a page ended: the sort keys of its last row, good for one list of one org. */
type Place = { list: string; keys: string[]; until: number }

/** A short name for a list: the same query of the same org gives the same one, and its cursors fit no other. */
export const listName = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16)

/** The opaque text of a place (RFC 9865 §2), signed: a client cannot make one or change one. */
export function writeCursor(list: string, keys: string[], now = Date.now()): string {
  const place = Buffer.from(JSON.stringify({ list, keys, until: now + LIFETIME_MS } satisfies Place)).toString(
    'base64url',
  )
  const version = currentKeyVersion()
  return `${version}.${place}.${signature(place, version)}`
}

/** The sort keys inside a cursor. 400 invalidCursor for one that is not of this list, expiredCursor after an hour. */
export function readCursor(text: string, list: string, count: number, now = Date.now()): string[] {
  const [version = '', data = '', given = ''] = text.split('.')
  const place = isSigned(data, version, given) ? parse(data) : undefined
  if (!place || place.list !== list || place.keys.length !== count) {
    throw badRequest('invalidCursor', 'The cursor is not one of this list. Start again without a cursor value.')
  }
  if (place.until < now) {
    throw badRequest('expiredCursor', 'The cursor is older than an hour. Start again without a cursor value.')
  }
  return place.keys
}

const signature = (place: string, version: string) =>
  hmac(`cursor ${place}`, version).subarray(0, 16).toString('base64url')

function isSigned(place: string, version: string, given: string): boolean {
  try {
    const right = Buffer.from(signature(place, version))
    const actual = Buffer.from(given)
    return right.length === actual.length && timingSafeEqual(right, actual)
  } catch {
    // A key version this installation never had.
    return false
  }
}

function parse(data: string): Place | undefined {
  const raw: unknown = JSON.parse(Buffer.from(data, 'base64url').toString())
  if (typeof raw !== 'object' || raw === null || !('list' in raw) || !('keys' in raw) || !('until' in raw))
    return undefined
  const { list, keys, until } = raw
  if (typeof list !== 'string' || typeof until !== 'number' || !Array.isArray(keys)) return undefined
  return { list, until, keys: keys.filter((each) => typeof each === 'string') }
}

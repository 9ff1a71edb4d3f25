import { isId } from '@/lib/ids'

/** Where a page ends: the sort key and the id of its last row. */
export type Place = { key: string; id: string }

/** The longest place that is read: a key of 512 characters of any script, with its id. */
const MAX_PLACE = 4_000

/** A place for a link. It only says where to go on, so it is bare. */
export const writePlace = ({ key, id }: Place): string => Buffer.from(JSON.stringify([key, id])).toString('base64url')

/** The place in a link, or undefined for what is none. */
export function readPlace(text: string): Place | undefined {
  try {
    const raw: unknown = JSON.parse(Buffer.from(text.slice(0, MAX_PLACE), 'base64url').toString())
    const [key, id]: unknown[] = Array.isArray(raw) ? raw : []
    if (typeof key !== 'string' || typeof id !== 'string' || !isId(id) || key.includes('\0')) return undefined
    return { key: key.toWellFormed(), id }
  } catch {
    return undefined
  }
}

/**
 * A page of at most `limit` out of `limit + 1` rows found beyond `place`, in the order of the list, with the places
 * before and after it. Null when it was read backwards and is not full: then the first page has everything before.
 */
export function pageOf<T extends Place>(
  found: T[],
  limit: number,
  from: { place: Place | undefined; backwards: boolean },
): { rows: T[]; next: string | undefined; prev: string | undefined } | null {
  const { place, backwards } = from
  if (backwards && found.length < limit) return null
  const more = found.length > limit
  const rows = found.slice(0, limit)
  if (backwards) rows.reverse()
  const head = rows[0]
  const tail = rows.at(-1)
  return {
    rows,
    next: (backwards || more) && tail ? writePlace(tail) : undefined,
    prev: place !== undefined && (!backwards || more) && head ? writePlace(head) : undefined,
  }
}

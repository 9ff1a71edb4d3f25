import type { Listed } from '@/lib/directory/scim-read'
import { type ListQuery, listResponse } from '@/lib/scim/list'

/** The ListResponse of a page (RFC 7644 §3.4.2): by cursor it has `nextCursor` and no startIndex (RFC 9865 §2). */
export function pageOf<T>(q: ListQuery, { found, total, nextCursor }: Listed<T>, show: (each: T) => unknown) {
  const page = listResponse(found.map(show), total, q.startIndex, nextCursor === undefined ? {} : { nextCursor })
  if (q.cursor === undefined) return page
  const { startIndex: _, ...byCursor } = page
  return byCursor
}

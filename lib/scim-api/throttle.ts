import { recordThrottled } from '@/lib/events/record'
import { eventRef } from '@/lib/ids'
import { takeLimit } from '@/lib/limits'
import { errorBody } from '@/lib/scim/errors'
import { answer } from './answer'
import { type Context, requestFacts } from './context'

/** A search is a read, whatever its verb (RFC 7644 §3.4.3). */
const isRead = (c: Context): boolean =>
  c.req.method === 'GET' || c.req.method === 'HEAD' || (c.req.method === 'POST' && /\/\.search\/?$/.test(c.req.path))

/**
 * The limits of a live token, counted for it alone, so that one company at its limit slows nobody else. Null: go on. In
 * the log a minute of refusals is one row, and every answer of that minute names it.
 */
export async function throttle(c: Context): Promise<Response | null> {
  const { org, tokenId } = c.get('credential')
  const read = isRead(c)
  const taken = await takeLimit(read ? 'scimReads' : 'scimWrites', `${org.orgId} ${tokenId}`)
  if (taken.ok) return null
  const { retryAfter } = taken
  const detail = `Too many ${read ? 'reads' : 'writes'} with this token at once. Nothing was done; try again in ${retryAfter} seconds.`
  const trace = [...c.get('trace'), { step: 'limit', outcome: 'failed' as const, text: detail }]
  const eventId = recordThrottled(org.orgId, {
    tokenId,
    kind: read ? 'reads' : 'writes',
    detail,
    trace,
    ...requestFacts(c),
  })
  const headers = { 'retry-after': String(retryAfter) }
  // Not an Error, whose stack costs most where there are most of these.
  const error = { status: 429, scimType: undefined, detail: `${detail} (${eventRef(eventId)})` }
  return answer(c, 429, errorBody(error), headers)
}

import { recordThrottled } from '@/lib/events/record'
import { eventRef } from '@/lib/ids'
import { takeLimit } from '@/lib/limits'
import { errorBody } from '@/lib/scim/errors'
import { answer } from './answer'
import { type Context, requestFacts } from './context'
import { quietMoments } from './quiet-moments'

/** A search is a read, whatever its verb (RFC 7644 §3.4.3). */
const isRead = (c: Context): boolean =>
  c.req.method === 'GET' || c.req.method === 'HEAD' || (c.req.method === 'POST' && /\/\.search\/?$/.test(c.req.path))

/** A token over its limit gives way so long: with what it may still do, and with what it is refused. */
const WORKS_WITHIN_MS = 100
const REFUSED_WITHIN_MS = 20

/**
 * The limits of a live token, counted for it alone. Null: go on. Over its limit it is served, and refused, between the
 * requests of those who are not, so that one company at its limit slows nobody else. In the log a minute of refusals is
 * one row, and every answer of that minute names it.
 */
export async function throttle(c: Context): Promise<Response | null> {
  const { org, tokenId } = c.get('credential')
  const read = isRead(c)
  const taken = await takeLimit(read ? 'scimReads' : 'scimWrites', `${org.orgId} ${tokenId}`)
  // An operation of a Bulk is part of what is under way, and would wait for its own end.
  const givesWay = c.env?.address === undefined && (!taken.ok || taken.crowded)
  if (givesWay) await quietMoments().next(taken.ok ? WORKS_WITHIN_MS : REFUSED_WITHIN_MS)
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

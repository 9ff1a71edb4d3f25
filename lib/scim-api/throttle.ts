import type { EventTrace } from '@/db/types'
import { recordThrottled } from '@/lib/events/record'
import { eventRef } from '@/lib/ids'
import { type LimitName, takeLimit } from '@/lib/limits'
import type { ScimCredential } from '@/lib/orgs/check-token'
import { once } from '@/lib/process'
import { errorBody } from '@/lib/scim/errors'
import { answer } from './answer'
import { type Context, requestFacts } from './context'
import { quietMoments } from './quiet-moments'

/** A token over its limit gives way so long: with what it may still do, and with what it is refused. */
const WORKS_WITHIN_MS = 100
export const REFUSED_WITHIN_MS = 20

/** A search is a read, whatever its verb (RFC 7644 §3.4.3). */
const isRead = (method: string, path: string): boolean =>
  method === 'GET' || method === 'HEAD' || (method === 'POST' && /\/\.search\/?$/.test(path))

/** The limit a request counts under, and its key: each live token has its own. */
export const limitOf = ({ org, tokenId }: ScimCredential, method: string, path: string) => ({
  name: isRead(method, path) ? ('scimReads' as const) : ('scimWrites' as const),
  key: `${org.orgId} ${tokenId}`,
})

/**
 * The limits of a live token, counted for it alone. Null: go on. Over its limit it is served, and refused, between the
 * requests of those who are not, so that one company at its limit slows nobody else.
 */
export async function throttle(c: Context): Promise<Response | null> {
  const credential = c.get('credential')
  const { name, key } = limitOf(credential, c.req.method, c.req.path)
  const taken = await takeLimit(name, key)
  // An operation of a Bulk is part of what is under way, and would wait for its own end.
  const givesWay = c.env?.address === undefined && (!taken.ok || taken.crowded)
  if (givesWay) await quietMoments().next(taken.ok ? WORKS_WITHIN_MS : REFUSED_WITHIN_MS)
  if (taken.ok) return null
  const { body, headers } = tooMany(credential, name, taken.retryAfter, { ...requestFacts(c), trace: c.get('trace') })
  return answer(c, 429, body, headers)
}

const refusals = () => once('scim.refusals', () => ({ last: Number.NEGATIVE_INFINITY }))
const LATELY_MS = 1000

/** Whether some token was over its limit within the last second, here. */
export const refusedLately = (): boolean => performance.now() - refusals().last < LATELY_MS

type Refused = ReturnType<typeof requestFacts> & { trace: EventTrace[] }

/** The 429 of a token. In the log a minute of refusals is one row, and every answer of that minute names it. */
export function tooMany({ org, tokenId }: ScimCredential, name: LimitName, retryAfter: number, refused: Refused) {
  refusals().last = performance.now()
  const kind = name === 'scimReads' ? 'reads' : 'writes'
  const detail = `Too many ${kind} with this token at once. Nothing was done; try again in ${retryAfter} seconds.`
  const trace: EventTrace[] = [...refused.trace, { step: 'limit', outcome: 'failed', text: detail }]
  const eventId = recordThrottled(org.orgId, { ...refused, tokenId, kind, detail, trace })
  // Not an Error, whose stack costs most where there are most of these.
  const error = { status: 429, scimType: undefined, detail: `${detail} (${eventRef(eventId)})` }
  return { body: errorBody(error), headers: { 'retry-after': String(retryAfter) } }
}

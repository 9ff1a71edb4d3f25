import type { IncomingMessage, ServerResponse } from 'node:http'
import { addressOfIncoming } from '@/lib/address'
import { newId } from '@/lib/ids'
import { refuseLimit } from '@/lib/limits'
import { recallLive } from '@/lib/orgs/check-token'
import { headersOf } from './answer'
import { admitted, presentedToken } from './authenticate'
import { quietMoments } from './quiet-moments'
import { limitOf, REFUSED_WITHIN_MS, refusedLately, tooMany } from './throttle'

/**
 * Answers 429 to a live token over its limit as the SCIM app would, before anything else is made of the request: who
 * sends far too much should cost the others as little as can be. False: not answered, the app has to look.
 */
export function refuseAtDoor(req: IncomingMessage, res: ServerResponse): boolean {
  // What all others pay for this: nothing, while nobody is over a limit.
  if (!refusedLately()) return false
  const { method = '', url = '' } = req
  const [path = ''] = url.split('?', 1)
  // Left to the app: an answer without a body, and a path that is to be read in another way first.
  if (method === 'HEAD' || path.includes('%')) return false
  const token = presentedToken(req.headers.authorization)
  const credential = token === null ? null : recallLive(token)
  if (!credential || path.split('/', 4)[3] !== credential.org.slug) return false
  const { name, key } = limitOf(credential, method, path)
  const taken = refuseLimit(name, key)
  if (taken.ok) return false
  const refuse = () => {
    const request = { method, path: url, requestId: newId(), ip: addressOfIncoming(req), trace: admitted(credential) }
    const { body, headers } = tooMany(credential, name, taken.retryAfter, request)
    const text = JSON.stringify(body)
    const length = { 'content-length': Buffer.byteLength(text) }
    res.writeHead(429, { ...headersOf(request.requestId), ...headers, ...length }).end(text)
  }
  void quietMoments().next(REFUSED_WITHIN_MS).then(refuse)
  return true
}

import 'server-only'
import { addressKey, addressOf } from '@/lib/address'
import { takeLimit } from '@/lib/limits'
import { plainPage } from './plain-page'

/** Where a form goes that came too fast: an action cannot answer 429 by itself. */
export const busyPath = (seconds: number): string => `/busy?seconds=${seconds}`

/** The 429 for a person: what happened, and when to try again. */
export function busyPage(headers: Headers, seconds: number): Response {
  const body = `<p>More forms came from you within a minute than Rollcall takes. The last one was <strong>not</strong> carried out.</p>
<p>Go back and send it again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.</p>`
  const page = plainPage({ nonce: headers.get('x-nonce') ?? '', title: 'Too many at once', body })
  const fixed = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store' }
  return new Response(page, { status: 429, headers: { ...fixed, 'retry-after': String(seconds) } })
}

/** Counts the beginning of a sign-in for the caller's address; the 429 to answer with when there were too many. */
export async function tooManySignIns(req: Request): Promise<Response | null> {
  const taken = await takeLimit('signIns', addressKey(addressOf(req.headers)))
  return taken.ok ? null : busyPage(req.headers, taken.retryAfter)
}

import { env } from '@/lib/env'
import type { Context } from './context'

const MEDIA_TYPE = 'application/scim+json; charset=utf-8'

/** The address of this org's SCIM service, as `meta.location` shows it. */
export const baseUrl = (slug: string): string => `${env().ROLLCALL_URL}/scim/v2/${slug}`

/** A SCIM answer: the media type of RFC 7644 §3.1, and never cached by anybody in between. */
export function answer(c: Context, status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const common = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': c.get('requestId'),
  }
  if (body === undefined) return new Response(null, { status, headers: { ...common, ...headers } })
  return new Response(JSON.stringify(body), { status, headers: { ...common, 'content-type': MEDIA_TYPE, ...headers } })
}

import { env } from '@/lib/env'
import type { Context } from './context'

const MEDIA_TYPE = 'application/scim+json; charset=utf-8'

/** The address of this org's SCIM service, as `meta.location` shows it. */
export const baseUrl = (slug: string): string => `${env().ROLLCALL_URL}/scim/v2/${slug}`

/** What every SCIM answer says: the media type of RFC 7644 §3.1, and never cached by anybody in between. */
export const headersOf = (requestId: string, body = true): Record<string, string> => ({
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-request-id': requestId,
  ...(body ? { 'content-type': MEDIA_TYPE } : {}),
})

/** A SCIM answer. */
export function answer(c: Context, status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const text = body === undefined ? null : JSON.stringify(body)
  return new Response(text, { status, headers: { ...headersOf(c.get('requestId'), text !== null), ...headers } })
}

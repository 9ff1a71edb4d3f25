import 'server-only'
import { env } from '@/lib/env'

/** A SCIM request: on whose address, with which key. */
export type Shot = { slug: string; token: string; method: string; path: string; body?: unknown }

export type Answer = { status: number; headers: Record<string, string>; body: unknown; requestId: string | null }

export type Send = (shot: Shot) => Promise<Answer>

/** What an answer says beside its body; dates and request ids differ between any two. */
const HEADERS = ['content-type', 'cache-control', 'www-authenticate', 'etag', 'location', 'allow', 'retry-after']

export const addressOf = ({ slug, path }: Pick<Shot, 'slug' | 'path'>): string =>
  `${env().ROLLCALL_URL}/scim/v2/${slug}${path}`

/** Sends shots with `fetch`, over the network or into an app of this process. */
export function sender(fetchIt: (request: Request) => Response | Promise<Response>): Send {
  return async (shot) => {
    const { method, token, body } = shot
    const request = new Request(addressOf(shot), {
      method,
      cache: 'no-store',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const response = await fetchIt(request)
    const text = await response.text()
    const headers = HEADERS.flatMap((name) => {
      const value = response.headers.get(name)
      return value === null ? [] : [[name, value] as const]
    })
    return {
      status: response.status,
      headers: Object.fromEntries(headers),
      body: text ? JSON.parse(text) : null,
      requestId: response.headers.get('x-request-id'),
    }
  }
}

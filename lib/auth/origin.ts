import 'server-only'
import { env } from '@/lib/env'

/** Our own origin, from the settings: the Host header is the caller's and decides nothing. */
export const ownOrigin = (): string => new URL(env().ROLLCALL_URL).origin

/** With the port, as browsers say it in Host. */
export const ownHost = (): string => new URL(ownOrigin()).host

export const ownUrl = (path: string): string => new URL(path, ownOrigin()).href

/**
 * True when a state-changing request comes from our own pages, or from a client that is no browser (those send neither
 * header). `Origin: null` is somebody else.
 */
export function isOwnRequest(headers: Headers): boolean {
  const origin = headers.get('origin')
  if (origin !== null) return origin === ownOrigin()
  const site = headers.get('sec-fetch-site')
  return site === null || site === 'same-origin' || site === 'none'
}

/** What a form from elsewhere is told. */
export const foreignOriginText = (): string =>
  `This form was not sent from ${ownOrigin()}. Open Rollcall there and try again.`

/** What a request from elsewhere gets. */
export const foreignOrigin = (): Response =>
  new Response(foreignOriginText(), {
    status: 403,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  })

/** Where to go after sign-in: the wanted address when it is a page of that org on our own origin, else its first page. */
export function returnPath(wanted: string | null | undefined, slug: string): string {
  const home = `/orgs/${slug}`
  if (!wanted) return home
  try {
    const url = new URL(wanted, ownOrigin())
    const inside = url.pathname === home || url.pathname.startsWith(`${home}/`)
    return url.origin === ownOrigin() && inside ? url.pathname + url.search : home
  } catch {
    return home
  }
}

import 'server-only'
import { env } from '@/lib/env'

export type CookieKind =
  | 'session'
  | 'callback-url'
  | 'csrf'
  | 'pkce'
  | 'state'
  | 'nonce'
  | 'denied'
  | 'step-up'
  | 'connection-test'
  | 'setup'
type FlowKind = 'state' | 'pkce' | 'nonce' | 'callback-url'
export type Cookies = Readonly<Record<string, string>>

/** True when the public address is https: cookies are then Secure and pinned to the host by their prefix. */
export const isSecure = (): boolean => env().ROLLCALL_URL.startsWith('https://')

/** Each org has cookies of its own, so one browser holds several sessions and sign-ins that never meet. */
export const cookieName = (slug: string, kind: CookieKind | `${FlowKind}.${string}`): string =>
  `${isSecure() ? '__Host-' : ''}rollcall.${slug}.${kind}`

export const cookieOptions = () => ({ httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() }) as const

/** The slugs this browser holds a session cookie for. */
export function sessionSlugs(cookies: Cookies): string[] {
  const before = cookieName('', 'session').length - '.session'.length
  return Object.keys(cookies).flatMap((name) => {
    const slug = name.slice(before, -'.session'.length)
    return slug !== '' && name === cookieName(slug, 'session') ? [slug] : []
  })
}

/** The same from a list of cookies, such as that of next/headers. */
export const cookieJar = (list: readonly { name: string; value: string }[]): Cookies =>
  Object.fromEntries(list.map(({ name, value }) => [name, value]))

/** The cookies of a request by name; of two with one name the first counts. */
export function readCookies(req: Request): Cookies {
  const jar: Record<string, string> = Object.create(null)
  for (const part of (req.headers.get('cookie') ?? '').split(';')) {
    const at = part.indexOf('=')
    const name = part.slice(0, Math.max(at, 0)).trim()
    if (name) jar[name] ??= decoded(part.slice(at + 1).trim())
  }
  return jar
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** A Set-Cookie header; `seconds` 0 takes the cookie away. */
export function setCookie(
  slug: string,
  kind: Parameters<typeof cookieName>[1],
  value: string,
  seconds: number,
): string {
  const secure = isSecure() ? '; Secure' : ''
  const name = cookieName(slug, kind)
  return `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`
}

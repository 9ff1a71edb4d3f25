import { type NextRequest, NextResponse } from 'next/server'
import { awayPage } from '@/lib/auth/away-page'
import { cookieName, isSecure } from '@/lib/auth/cookies'
import { contentSecurityPolicy, formTargets } from '@/lib/auth/csp'

/** Headers of every page. Authorises nothing: each page, action and route does that itself. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const dev = process.env.NODE_ENV === 'development'
  const holds = (slug: string) => request.cookies.has(cookieName(slug, 'session'))
  const targets = await formTargets(request.nextUrl.pathname, holds)
  const policy = contentSecurityPolicy({ nonce, dev, https: isSecure(), formTargets: targets })

  const headers = new Headers(request.headers)
  // Next takes the nonce for its own scripts from here.
  headers.set('content-security-policy', policy)
  headers.set('x-nonce', nonce)
  const away = needsDatabase(request) ? await awayPage(nonce) : null
  const response = away ? new NextResponse(away.body, away) : NextResponse.next({ request: { headers } })
  for (const [name, value] of Object.entries({ ...FIXED, ...(isSecure() ? HTTPS : {}) })) {
    response.headers.set(name, value)
  }
  response.headers.set('content-security-policy', policy)
  return response
}

const NEEDS_DATABASE = /^\/(?:orgs|sign-in|recover|setup)\/|^\/denied/

/** A page asked for as a document; what scripts fetch has an error page of its own to fall to. */
const needsDatabase = (request: NextRequest): boolean =>
  request.method === 'GET' && !request.headers.has('rsc') && NEEDS_DATABASE.test(request.nextUrl.pathname)

const FIXED = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not no-referrer: with it browsers send `Origin: null` with our own forms.
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
}
const HTTPS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }

export const config = { matcher: ['/((?!api(?:/|$)|scim(?:/|$)|_next/|[\\w-]+\\.(?:svg|png|ico|webp)$).*)'] }

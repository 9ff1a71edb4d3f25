import { type NextRequest, NextResponse } from 'next/server'
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
  const response = NextResponse.next({ request: { headers } })
  for (const [name, value] of Object.entries({ ...FIXED, ...(isSecure() ? HTTPS : {}) })) {
    response.headers.set(name, value)
  }
  response.headers.set('content-security-policy', policy)
  return response
}

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

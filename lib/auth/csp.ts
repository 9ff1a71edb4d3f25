import 'server-only'
import { getOrgIdBySlug } from '@/db/global'
import { env } from '@/lib/env'
import { getConnection } from '@/lib/orgs/connections'
import { once } from '@/lib/process'
import { isSlug } from './slug'

const CACHE_MS = 60_000

export type PolicyParts = { nonce: string; dev: boolean; https: boolean; formTargets: string[] }

/** The content security policy of a page: nothing runs or loads but what carries the nonce or is ours. */
export function contentSecurityPolicy({ nonce, dev, https, formTargets }: PolicyParts): string {
  return [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    // The dev server writes its styles inline.
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data:`,
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

/**
 * Where a page's forms may lead besides here. Chromium holds form-action also against the redirects that follow a form
 * (seen with 156): signing in leads to an Okta not known yet, and on from there to whatever that Okta federates with;
 * signing out leads to the org's own.
 */
export async function formTargets(path: string, holdsSession: (slug: string) => boolean): Promise<string[]> {
  if (/^\/(sign-in|denied)(\/|$)/.test(path)) return ['https:', ...env().ROLLCALL_ISSUER_ALLOW.map(originOf)]
  const slug = /^\/orgs\/([^/]+)/.exec(path)?.[1] ?? ''
  if (!isSlug(slug) || !holdsSession(slug)) return []
  const origin = await issuerOrigin(slug).catch(() => null)
  return origin ? [origin] : []
}

const originOf = (url: string): string => new URL(url).origin

const issuers = () => once('auth.issuers', () => new Map<string, { origin: string | null; until: number }>())

/** After the org's issuer changed: its forms may lead there at once. */
export const forgetIssuer = (slug: string): boolean => issuers().delete(slug)

async function issuerOrigin(slug: string): Promise<string | null> {
  const known = issuers()
  const cached = known.get(slug)
  if (cached && cached.until > Date.now()) return cached.origin
  const orgId = await getOrgIdBySlug(slug)
  // Only orgs that exist are kept, so made-up names cannot fill the memory.
  if (!orgId) return null
  const connection = await getConnection(orgId)
  const origin = connection ? originOf(connection.issuer) : null
  known.set(slug, { origin, until: Date.now() + CACHE_MS })
  return origin
}

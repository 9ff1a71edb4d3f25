import { SCRATCH_PREFIX } from '@/lib/orgs/scratch-slug'

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/

/** Words that are or may become addresses of our own; `okta` would read like the provider itself. */
const RESERVED = new Set(
  'admin api app auth demo denied health help lab learn login me new null okta org orgs recover scim settings sign-in sign-out start static status support undefined www'.split(
    ' ',
  ),
)

/** True for what can be a slug at all; nothing else reaches a query or a cookie's name. */
export const isSlug = (value: string): boolean => SLUG.test(value)

/** Why a new org cannot have this slug, or null. */
export function slugProblem(slug: string): string | null {
  if (!isSlug(slug)) {
    return `"${slug}" cannot be a slug: use 1 to 48 lower-case letters, digits and dashes, no dash first or last.`
  }
  return RESERVED.has(slug) || slug.startsWith(SCRATCH_PREFIX)
    ? `"${slug}" is reserved for Rollcall's own addresses. Choose another slug.`
    : null
}

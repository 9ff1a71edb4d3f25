import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { at, orgId } from './columns'

/** Globally unique, readable by every org; written only by the org they name. No foreign key to orgs (DISTRIBUTED §2). */
export const orgSlugs = pgTable('org_slugs', { slug: text('slug').primaryKey(), orgId: orgId() })

/** Verified domains only: a domain belongs to one org. */
export const domains = pgTable(
  'domains',
  { domain: text('domain').primaryKey(), orgId: orgId(), verifiedAt: at('verified_at').notNull() },
  (t) => [index('domains_of_org').on(t.orgId)],
)

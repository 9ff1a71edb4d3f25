import { foreignKey, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { at, bytea, orgId } from './columns'
import { orgs, users } from './schema'

/** A domain an org says is its own, and the TXT record that proves it. Unproven claims block nobody. */
export const domainClaims = pgTable(
  'domain_claims',
  {
    orgId: orgId(),
    domain: text('domain').notNull(),
    token: text('token').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    verifiedAt: at('verified_at'),
    checkedAt: at('checked_at'),
    /** What the last look-up found: ok, missing, wrong, unreachable, taken. */
    result: text('result', { enum: ['ok', 'missing', 'wrong', 'unreachable', 'taken'] }),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.domain] }),
    foreignKey({ columns: [t.orgId], foreignColumns: [orgs.orgId], name: 'domain_claims_org' }).onDelete('cascade'),
  ],
)

/** Logout tokens already used (RFC 7519 jti), until they would have expired anyway. */
export const usedLogoutTokens = pgTable(
  'used_logout_tokens',
  { orgId: orgId(), jti: text('jti').notNull(), expiresAt: at('expires_at').notNull() },
  (t) => [
    primaryKey({ columns: [t.orgId, t.jti] }),
    foreignKey({ columns: [t.orgId], foreignColumns: [orgs.orgId], name: 'used_logout_tokens_org' }).onDelete(
      'cascade',
    ),
  ],
)

/** One-time link that opens the setup pages, and nothing else, to the company's IT person. */
export const setupLinks = pgTable(
  'setup_links',
  {
    orgId: orgId(),
    id: uuid('id').notNull(),
    tokenHash: bytea('token_hash').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
    /** The visit the link was exchanged for. */
    visitHash: bytea('visit_hash'),
    visitExpiresAt: at('visit_expires_at'),
    endedAt: at('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('setup_links_token').on(t.orgId, t.tokenHash),
    foreignKey({ columns: [t.orgId], foreignColumns: [orgs.orgId], name: 'setup_links_org' }).onDelete('cascade'),
  ],
)

/** One-time links of `recover` and `org:create`: hashed, single use, 15 minutes. */
export const recoveryLinks = pgTable(
  'recovery_links',
  {
    orgId: orgId(),
    tokenHash: bytea('token_hash').notNull(),
    userId: uuid('user_id').notNull(),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.tokenHash] }),
    foreignKey({
      columns: [t.orgId, t.userId],
      foreignColumns: [users.orgId, users.id],
      name: 'recovery_links_user',
    }).onDelete('cascade'),
  ],
)

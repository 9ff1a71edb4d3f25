import { sql } from 'drizzle-orm'
import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, bytea, orgId } from './columns'
import type { RoleReason } from './types'

/** Globally unique, readable by every org; written only by the org they name. No foreign key to orgs (DISTRIBUTED §2). */
export const orgSlugs = pgTable('org_slugs', { slug: text('slug').primaryKey(), orgId: orgId() })

/** Verified domains only: a domain belongs to one org. */
export const domains = pgTable('domains', {
  domain: text('domain').primaryKey(),
  orgId: orgId(),
  verifiedAt: at('verified_at').notNull(),
})

export const orgs = pgTable('orgs', {
  orgId: uuid('org_id').primaryKey(),
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  jit: boolean('jit').notNull().default(false),
  /** SCIM `roles` values this org lets change a role here. */
  scimRoles: text('scim_roles').array().notNull().default(sql`'{}'`),
  createdAt: at('created_at').notNull().defaultNow(),
})

export const connections = pgTable(
  'connections',
  {
    orgId: orgId(),
    id: uuid('id').notNull(),
    issuer: text('issuer').notNull(),
    clientId: text('client_id').notNull(),
    clientSecret: text('client_secret').notNull(),
    scimState: text('scim_state', { enum: ['off', 'active', 'paused'] })
      .notNull()
      .default('active'),
    mode: text('mode', { enum: ['okta', 'entra', 'strict'] })
      .notNull()
      .default('okta'),
    lastRequestAt: at('last_request_at'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('connections_one_per_org').on(t.orgId),
    foreignKey({ columns: [t.orgId], foreignColumns: [orgs.orgId], name: 'connections_org' }).onDelete('cascade'),
  ],
)

export const scimTokens = pgTable(
  'scim_tokens',
  {
    orgId: orgId(),
    id: text('id').notNull(),
    secretHmac: bytea('secret_hmac').notNull(),
    keyVersion: text('key_version').notNull(),
    hint: text('hint').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    revokedAt: at('revoked_at'),
    lastUsedAt: at('last_used_at'),
    lastUsedFrom: text('last_used_from'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({ columns: [t.orgId], foreignColumns: [orgs.orgId], name: 'scim_tokens_org' }).onDelete('cascade'),
  ],
)

export const users = pgTable(
  'users',
  {
    orgId: orgId(),
    id: uuid('id').notNull(),
    userName: text('user_name').notNull(),
    userNameKey: text('user_name_key').notNull(),
    externalId: text('external_id'),
    active: boolean('active').notNull(),
    source: text('source', { enum: ['okta', 'jit', 'local'] }).notNull(),
    displayName: text('display_name').notNull(),
    email: text('email'),
    emailKey: text('email_key'),
    /** The SCIM attributes as the client sent them (UserAttributes of lib/scim). */
    attributes: jsonb('attributes').$type<Record<string, unknown>>().notNull(),
    role: text('role', { enum: ['owner', 'admin', 'manager', 'member'] }).notNull(),
    roleReasons: jsonb('role_reasons').$type<RoleReason[]>().notNull(),
    /** Given by hand in our UI; the only way to be owner. */
    manualRole: text('manual_role', { enum: ['owner', 'admin', 'manager', 'member'] }),
    version: integer('version').notNull().default(1),
    sessionEpoch: integer('session_epoch').notNull().default(1),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    lastSignInAt: at('last_sign_in_at'),
    deletedAt: at('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({ columns: [t.orgId], foreignColumns: [orgs.orgId], name: 'users_org' }).onDelete('cascade'),
    uniqueIndex('users_user_name').on(t.orgId, t.userNameKey).where(sql`deleted_at is null`),
    uniqueIndex('users_external').on(t.orgId, t.externalId).where(sql`deleted_at is null`),
    index('users_email').on(t.orgId, t.emailKey),
    index('users_created').on(t.orgId, t.createdAt, t.id),
  ],
)

export const groups = pgTable(
  'groups',
  {
    orgId: orgId(),
    id: uuid('id').notNull(),
    displayName: text('display_name').notNull(),
    displayNameKey: text('display_name_key').notNull(),
    externalId: text('external_id'),
    version: integer('version').notNull().default(1),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({ columns: [t.orgId], foreignColumns: [orgs.orgId], name: 'groups_org' }).onDelete('cascade'),
    uniqueIndex('groups_display_name').on(t.orgId, t.displayNameKey),
    index('groups_external').on(t.orgId, t.externalId),
    index('groups_created').on(t.orgId, t.createdAt, t.id),
  ],
)

/** What Okta may put into `entitlements` of this org's people; published at /Entitlements. */
export const entitlements = pgTable(
  'entitlements',
  {
    orgId: orgId(),
    value: text('value').notNull(),
    displayName: text('display_name').notNull(),
    type: text('type'),
    description: text('description'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.value] }),
    foreignKey({ columns: [t.orgId], foreignColumns: [orgs.orgId], name: 'entitlements_org' }).onDelete('cascade'),
  ],
)

export const groupMembers = pgTable(
  'group_members',
  { orgId: orgId(), groupId: uuid('group_id').notNull(), userId: uuid('user_id').notNull() },
  (t) => [
    primaryKey({ columns: [t.orgId, t.groupId, t.userId] }),
    index('group_members_user').on(t.orgId, t.userId),
    foreignKey({
      columns: [t.orgId, t.groupId],
      foreignColumns: [groups.orgId, groups.id],
      name: 'group_members_group',
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.orgId, t.userId],
      foreignColumns: [users.orgId, users.id],
      name: 'group_members_user_fk',
    }).onDelete('cascade'),
  ],
)

/** The sign-in identity of a user: (issuer, sub). Cleared when SCIM changes the externalId (DESIGN §6). */
export const idpLinks = pgTable(
  'idp_links',
  {
    orgId: orgId(),
    userId: uuid('user_id').notNull(),
    issuer: text('issuer').notNull(),
    sub: text('sub').notNull(),
    linkedAt: at('linked_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.userId] }),
    unique('idp_links_sub').on(t.orgId, t.issuer, t.sub),
    foreignKey({
      columns: [t.orgId, t.userId],
      foreignColumns: [users.orgId, users.id],
      name: 'idp_links_user',
    }).onDelete('cascade'),
  ],
)

export const sessions = pgTable(
  'sessions',
  {
    orgId: orgId(),
    id: uuid('id').notNull(),
    userId: uuid('user_id').notNull(),
    tokenHash: bytea('token_hash').notNull(),
    epoch: integer('epoch').notNull(),
    kind: text('kind', { enum: ['okta', 'recovery'] })
      .notNull()
      .default('okta'),
    idToken: text('id_token'),
    userAgent: text('user_agent'),
    ip: text('ip'),
    createdAt: at('created_at').notNull().defaultNow(),
    lastSeenAt: at('last_seen_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    endedAt: at('ended_at'),
    endedByEvent: uuid('ended_by_event'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('sessions_token').on(t.orgId, t.tokenHash),
    foreignKey({
      columns: [t.orgId, t.userId],
      foreignColumns: [users.orgId, users.id],
      name: 'sessions_user',
    }).onDelete('cascade'),
    index('sessions_live').on(t.orgId, t.userId).where(sql`ended_at is null`),
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

export const tasks = pgTable(
  'tasks',
  {
    orgId: orgId(),
    id: uuid('id').notNull(),
    title: text('title').notNull(),
    assigneeId: uuid('assignee_id').notNull(),
    createdBy: uuid('created_by').notNull(),
    dueOn: date('due_on', { mode: 'string' }),
    doneAt: at('done_at'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({ columns: [t.orgId, t.assigneeId], foreignColumns: [users.orgId, users.id], name: 'tasks_assignee' }),
    foreignKey({ columns: [t.orgId, t.createdBy], foreignColumns: [users.orgId, users.id], name: 'tasks_creator' }),
    index('tasks_assigned').on(t.orgId, t.assigneeId, t.createdAt, t.id),
  ],
)

import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
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

export const orgs = pgTable('orgs', {
  orgId: uuid('org_id').primaryKey(),
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  jit: boolean('jit').notNull().default(false),
  /** SCIM `roles` values this org lets change a role here. */
  scimRoles: text('scim_roles').array().notNull().default(sql`'{}'`),
  /** What a person is whom nothing else gives a role. */
  defaultRole: text('default_role', { enum: ['member', 'manager'] })
    .notNull()
    .default('member'),
  /** What happens to people outside the verified domains: nothing, a warning in the log, a refusal. */
  domainPolicy: text('domain_policy', { enum: ['off', 'warn', 'enforce'] })
    .notNull()
    .default('warn'),
  /** Mass-deactivation brake: more than `brakeUsers` leavers in `brakeMinutes` stop until an admin looks. Null is off. */
  brakeUsers: integer('brake_users'),
  brakeMinutes: integer('brake_minutes').notNull().default(10),
  brakeTrippedAt: at('brake_tripped_at'),
  /** Until then an admin has let leavers through. */
  brakeReleasedUntil: at('brake_released_until'),
  eventDays: integer('event_days').notNull().default(400),
  payloadDays: integer('payload_days').notNull().default(30),
  setupDoneAt: at('setup_done_at'),
  createdAt: at('created_at').notNull().defaultNow(),
})

export const connections = pgTable(
  'connections',
  {
    orgId: orgId(),
    id: uuid('id').notNull(),
    /** The OIDC client: all three, or none while only SCIM is set up. */
    issuer: text('issuer'),
    clientId: text('client_id'),
    clientSecret: text('client_secret'),
    clientSecretHint: text('client_secret_hint').notNull().default(''),
    clientSecretSetAt: at('client_secret_set_at').notNull().defaultNow(),
    signIn: text('sign_in', { enum: ['on', 'off'] })
      .notNull()
      .default('on'),
    testedAt: at('tested_at'),
    /** pending: pushed people wait, inactive, until an admin has looked at them. */
    scimState: text('scim_state', { enum: ['off', 'pending', 'active', 'paused'] })
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
    check('connections_client_whole', sql`num_nulls(issuer, client_id, client_secret) in (0, 3)`),
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
    /** Another token took its place: it ends at `expiresAt`, after the overlap. */
    rotatedAt: at('rotated_at'),
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
    /** Pushed while the connection was pending: inactive here until an admin lets the person in. */
    held: boolean('held').notNull().default(false),
    source: text('source', { enum: ['okta', 'jit', 'local'] }).notNull(),
    displayName: text('display_name').notNull(),
    /** The name folded and cut: what lists of people are sorted and searched by. */
    nameKey: text('name_key').notNull().default(''),
    email: text('email'),
    emailKey: text('email_key'),
    /** What a search looks through, cut so that it fits an index; made by the database, so that no writer forgets it. */
    searchKey: text('search_key')
      .notNull()
      .generatedAlwaysAs(
        sql`name_key || chr(10) || left(user_name_key, 200)
          || case when email_key = user_name_key then '' else coalesce(chr(10) || left(email_key, 200), '') end`,
      ),
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
    // Partial, so that a deep page and the count of all read the index alone.
    index('users_created').on(t.orgId, t.createdAt, t.id).where(sql`deleted_at is null`),
    // With all that a search compares, filters and sorts by: it reads everybody, and these entries are a fifth of the rows.
    index('users_name')
      .on(t.orgId, t.nameKey, t.id, t.active, t.role, t.source, t.createdAt, t.updatedAt, t.lastSignInAt, t.searchKey)
      .where(sql`deleted_at is null`),
    index('users_updated').on(t.orgId, t.updatedAt, t.id).where(sql`deleted_at is null`),
    // `case`, for row-level security takes coalesce for a function that may leak and keeps it out of the index.
    index('users_signed_in')
      .on(
        t.orgId,
        sql`(case when last_sign_in_at is null then '-infinity'::timestamptz else last_sign_in_at end)`,
        t.id,
      )
      .where(sql`deleted_at is null`),
    // The few, each in the order of the list: partial, so that most writes do not pay for them.
    index('users_inactive').on(t.orgId, t.nameKey, t.id).where(sql`deleted_at is null and not active`),
    index('users_held').on(t.orgId, t.id).where(sql`deleted_at is null and held`),
    index('users_role').on(t.orgId, t.role, t.nameKey, t.id).where(sql`deleted_at is null and role <> 'member'`),
    index('users_source').on(t.orgId, t.source, t.nameKey, t.id).where(sql`deleted_at is null and source <> 'okta'`),
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

/** A role an admin gave to a group in our UI; admin at most. Names never grant. */
export const roleMappings = pgTable(
  'role_mappings',
  {
    orgId: orgId(),
    groupId: uuid('group_id').notNull(),
    role: text('role', { enum: ['admin', 'manager', 'member'] }).notNull(),
    createdBy: uuid('created_by'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.groupId] }),
    foreignKey({
      columns: [t.orgId, t.groupId],
      foreignColumns: [groups.orgId, groups.id],
      name: 'role_mappings_group',
    }).onDelete('cascade'),
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
    /** When the person last proved to Okta who they are, for what needs step-up. */
    steppedUpAt: at('stepped_up_at'),
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

import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { at, orgId } from './columns'
import type { EventDiff, EventEffects, EventError, EventTrace } from './types'

/** Range-partitioned by month on its UUIDv7 id; partitions are made by `maintain`. */
export const events = pgTable(
  'events',
  {
    orgId: orgId(),
    id: uuid('id').notNull(),
    at: at('at').notNull(),
    type: text('type').notNull(),
    outcome: text('outcome', { enum: ['success', 'failed', 'skipped', 'blocked'] }).notNull(),
    actorKind: text('actor_kind', { enum: ['okta', 'user', 'system', 'demo', 'anonymous'] }).notNull(),
    actorId: text('actor_id'),
    actorName: text('actor_name').notNull(),
    targetKind: text('target_kind', {
      enum: ['user', 'group', 'token', 'session', 'connection', 'org', 'task', 'domain'],
    }),
    targetId: text('target_id'),
    targetName: text('target_name'),
    method: text('method'),
    path: text('path'),
    status: integer('status'),
    diff: jsonb('diff').$type<EventDiff[]>(),
    effects: jsonb('effects').$type<EventEffects>(),
    trace: jsonb('trace').$type<EventTrace[]>(),
    error: jsonb('error').$type<EventError>(),
    oktaEvent: text('okta_event'),
    requestId: text('request_id'),
    ip: text('ip'),
    count: integer('count').notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('events_target').on(t.orgId, t.targetId, t.id),
    // What a log shows by default (READ_TYPES of lib/events/types.ts are hidden), however many look-ups lie between.
    index('events_shown')
      .on(t.orgId, t.id)
      .where(
        sql`type not in ('user.looked_up', 'user.listed', 'user.read', 'group.read', 'group.listed', 'discovery.read')`,
      ),
    index('events_type').on(t.orgId, t.type, t.id),
    // Partial, so that the writes of provisioning do not pay for them: most rows are Okta's successes.
    index('events_outcome').on(t.orgId, t.outcome, t.id).where(sql`outcome <> 'success'`),
    index('events_outcome_type').on(t.orgId, t.outcome, t.type, t.id).where(sql`outcome <> 'success'`),
    index('events_actor').on(t.orgId, t.actorId, t.id).where(sql`actor_kind = 'user'`),
    index('events_actor_kind').on(t.orgId, t.actorKind, t.id).where(sql`actor_kind <> 'okta'`),
  ],
)

/** Redacted request and response, kept shorter than the event itself. */
export const eventPayloads = pgTable(
  'event_payloads',
  {
    orgId: orgId(),
    eventId: uuid('event_id').notNull(),
    request: jsonb('request').$type<unknown>(),
    response: jsonb('response').$type<unknown>(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.eventId] })],
)

/** Appended after the commit: how long the request took, when the last open tab was told. */
export const eventTimings = pgTable(
  'event_timings',
  {
    orgId: orgId(),
    eventId: uuid('event_id').notNull(),
    name: text('name', { enum: ['total', 'told'] }).notNull(),
    ms: integer('ms').notNull(),
    count: integer('count').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.eventId, t.name] })],
)

/** What became of a person, one row per touched user; outlives events. */
export const userHistory = pgTable(
  'user_history',
  {
    orgId: orgId(),
    userId: uuid('user_id').notNull(),
    eventId: uuid('event_id').notNull(),
    at: at('at').notNull(),
    diff: jsonb('diff').$type<EventDiff[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.userId, t.eventId] })],
)

/** Events by hour for charts: filled for hours that are over, when somebody looks at them. */
export const eventHours = pgTable(
  'event_hours',
  {
    orgId: orgId(),
    hour: at('hour').notNull(),
    type: text('type').notNull(),
    outcome: text('outcome', { enum: ['success', 'failed', 'skipped', 'blocked'] }).notNull(),
    n: integer('n').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.hour, t.type, t.outcome] })],
)

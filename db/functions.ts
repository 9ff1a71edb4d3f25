import 'server-only'
import { sql } from 'drizzle-orm'
import type { ISql } from 'postgres'
import { pool } from './client'
import { connected, setOrg, type Tx, visibleOrg } from './tenant'
import type { EventDiff, Role, RoleReason } from './types'

/** An event ready for `record_events`: its row in column names, and the redacted payloads. */
export type PreparedEvent = { event: Record<string, unknown>; request: unknown; response: unknown }

// As text and cast in SQL: drizzle switches the driver's own JSON encoding off for every connection it shares.
const json = (value: unknown) => JSON.stringify(value)

/**
 * A function called bare sets its org itself. Inside `confine` to another org that one is set before it, and Postgres
 * refuses (`enter_org`). `turn`: in whose turn for a connection, the org's own.
 */
export const bare = <T>(orgId: string, run: (db: ISql) => Promise<T>, turn = orgId): Promise<T> =>
  connected(turn, () => bareNow(orgId, run))

async function bareNow<T>(orgId: string, run: (db: ISql) => Promise<T>): Promise<T> {
  if (visibleOrg(orgId) === orgId) return run(pool())
  const confined = await pool().begin(async (tx) => {
    await tx.unsafe(setOrg(orgId))
    return [await run(tx)] as const
  })
  return confined[0]
}

/** The turn of the batches, which go one after the other: none waits for the statements of an org it comes behind. */
const BATCHES = 'batches'

/** Writes events and payloads of one org in one statement. */
export async function recordEvents(orgId: string, events: PreparedEvent[]): Promise<void> {
  await bare(orgId, (db) => db`select record_events(${orgId}::uuid, ${json(events)}::text::jsonb)`, BATCHES)
}

/** How long an event took, in milliseconds: the request in all, or until the last open tab was told. */
export type Timing = { eventId: string; name: 'total' | 'told'; ms: number; count: number }

/** Adds timings of events of one org in one statement; the first of a kind stays. */
export async function recordTimings(orgId: string, timings: Timing[]): Promise<void> {
  await bare(orgId, (db) => db`select record_timings(${orgId}::uuid, ${json(timings)}::text::jsonb)`, BATCHES)
}

/** What role decisions of an org rest on besides its people and groups; the write checks that it still holds. */
export type RoleRules = { scimRoles: string[]; defaultRole: string }

/** People who come out of a decision alike: from which role, to which, and why. */
export type RoleOutcome = { before: Role; role: Role; reasons: RoleReason[]; ids: string[] }

export type SaveUser = {
  id: string
  /** The version read; 0 creates. */
  version: number
  /** The session epoch read. */
  epoch: number
  /** The row to write, in column names. */
  next: Record<string, unknown>
  /** False writes the event alone: nothing differs. */
  changed: boolean
  endSessions: boolean
  clearLink: boolean
  /** Where an active owner leaves that role: whether it is the last one. Null elsewhere. */
  lastOwner: boolean | null
  rules: RoleRules
  event: PreparedEvent
  diff: EventDiff[]
}

/** Writes a user, its event, history and ended sessions in one commit. `written: false`: the row moved, read again. */
export async function saveUser(orgId: string, s: SaveUser): Promise<{ written: boolean; sessionsEnded: number }> {
  const check = { rules: s.rules, lastOwner: s.lastOwner }
  const [row] = await bare(
    orgId,
    (db) => db<{ written: boolean; sessions_ended: number }[]>`
    select * from save_user(${orgId}::uuid, ${s.id}::uuid, ${s.version}::int, ${s.epoch}::int, ${json(s.next)}::text::jsonb, ${s.changed}::boolean,
      ${s.endSessions}::boolean, ${s.clearLink}::boolean, ${json(check)}::text::jsonb,
      ${json(s.event)}::text::jsonb, ${json(s.diff)}::text::jsonb)`,
  )
  return { written: row?.written ?? false, sessionsEnded: row?.sessions_ended ?? 0 }
}

/** The same inside an open transaction of that org; it is not committed before its end. */
export async function saveUserIn(
  tx: Tx,
  orgId: string,
  s: SaveUser,
): Promise<{ written: boolean; sessionsEnded: number }> {
  const check = { rules: s.rules, lastOwner: s.lastOwner }
  const [row] = await tx.execute<{ written: boolean; sessions_ended: number }>(sql`
    select * from save_user(${orgId}::uuid, ${s.id}::uuid, ${s.version}::int, ${s.epoch}::int, ${json(s.next)}::text::jsonb, ${s.changed}::boolean,
      ${s.endSessions}::boolean, ${s.clearLink}::boolean, ${json(check)}::text::jsonb,
      ${json(s.event)}::text::jsonb, ${json(s.diff)}::text::jsonb)`)
  return { written: row?.written ?? false, sessionsEnded: row?.sessions_ended ?? 0 }
}

export type SaveGroup = {
  id: string
  /** The version read; 0 creates, -1 takes any, for what depends on nothing that was read. */
  version: number
  /** The row to write, in column names; null keeps it. */
  next: Record<string, unknown> | null
  remove: boolean
  members: { clear: boolean; add: string[]; remove: string[] }
  /** What was decided about roles; `people` (in the order of ids) must still be at `versions` when it is written. */
  roles: {
    rules: RoleRules
    mapping: Role | null
    name: string | null
    people: string[]
    versions: number[]
    outcomes: RoleOutcome[]
  }
  /** `unchanged` replaces parts of the event's row when nothing differs from what is stored. */
  event: PreparedEvent & { unchanged: Record<string, unknown> }
}

/** 50,000 new roles take about 3 s of one statement, on a busy machine more than the 10 s a statement has. */
const MANY = 5_000

/** Writes a group, its members, their history and the event in one commit. `written: false`: read again. */
export async function saveGroup(
  orgId: string,
  s: SaveGroup,
): Promise<{ written: boolean; changed: boolean; version: number; updatedAt: Date }> {
  type Row = { written: boolean; changed: boolean; version: number; updated_at: string | Date }
  const run = (db: ISql) => db<Row[]>`
    select * from save_group(${orgId}::uuid, ${s.id}::uuid, ${s.version}::int, ${s.next && json(s.next)}::text::jsonb,
      ${s.remove}::boolean, ${s.members.clear}::boolean, ${json(s.members.add)}::text::jsonb,
      ${json(s.members.remove)}::text::jsonb, ${json(s.roles)}::text::jsonb, ${json(s.event)}::text::jsonb)`
  const people = s.roles.outcomes.reduce((sum, each) => sum + each.ids.length, 0)
  const [row] =
    people < MANY
      ? await bare(orgId, run)
      : await connected(orgId, () =>
          pool().begin(async (tx) => {
            // In a transaction a function does not set its org for every machine, and must not go past confine.
            await tx.unsafe(setOrg(orgId))
            await tx.unsafe(`set local statement_timeout = '30s'`)
            return run(tx)
          }),
        )
  return {
    written: row?.written ?? false,
    changed: row?.changed ?? false,
    version: row?.version ?? 0,
    updatedAt: new Date(row?.updated_at ?? 0),
  }
}

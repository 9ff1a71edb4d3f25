import 'server-only'
import { pool } from './client'
import type { EventDiff } from './types'

/** An event ready for `record_events`: its row in column names, and the redacted payloads. */
export type PreparedEvent = { event: Record<string, unknown>; request: unknown; response: unknown }

// As text and cast in SQL: drizzle switches the driver's own JSON encoding off for every connection it shares.
const json = (value: unknown) => JSON.stringify(value)

/** Writes events and payloads of one org in one statement. */
export async function recordEvents(orgId: string, events: PreparedEvent[]): Promise<void> {
  await pool()`select record_events(${orgId}::uuid, ${json(events)}::text::jsonb)`
}

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
  event: PreparedEvent
  diff: EventDiff[]
}

/** Writes a user, its event, history and ended sessions in one commit. `written: false`: the row moved, read again. */
export async function saveUser(orgId: string, s: SaveUser): Promise<{ written: boolean; sessionsEnded: number }> {
  const [row] = await pool()<{ written: boolean; sessions_ended: number }[]>`
    select * from save_user(${orgId}::uuid, ${s.id}::uuid, ${s.version}::int, ${s.epoch}::int, ${json(s.next)}::text::jsonb, ${s.changed}::boolean,
      ${s.endSessions}::boolean, ${s.clearLink}::boolean, ${json(s.event)}::text::jsonb, ${json(s.diff)}::text::jsonb)`
  return { written: row?.written ?? false, sessionsEnded: row?.sessions_ended ?? 0 }
}

import 'server-only'
import { pool } from './client'
import type { EventDiff } from './types'

/** An event ready for `record_events`: its row in column names, and the redacted payloads. */
export type PreparedEvent = { event: Record<string, unknown>; request: unknown; response: unknown }

type Json = Parameters<ReturnType<typeof pool>['json']>[0]
// The driver's Json type leaves out undefined and unknown; what goes in here came from JSON or from our own rows.
const json = (value: unknown) => pool().json(value as Json)

/** Writes events and payloads of one org in one statement. */
export async function recordEvents(orgId: string, events: PreparedEvent[]): Promise<void> {
  await pool()`select record_events(${orgId}::uuid, ${json(events)}::jsonb)`
}

export type SaveUser = {
  id: string
  /** The version read; 0 creates. */
  version: number
  /** The session epoch read. */
  epoch: number
  /** The row to write, in column names. */
  next: Record<string, unknown>
  endSessions: boolean
  clearLink: boolean
  event: PreparedEvent
  diff: EventDiff[]
}

/** Writes a user, its event, history and ended sessions in one commit. `written: false`: the row moved, read again. */
export async function saveUser(orgId: string, s: SaveUser): Promise<{ written: boolean; sessionsEnded: number }> {
  const [row] = await pool()<{ written: boolean; sessions_ended: number }[]>`
    select * from save_user(${orgId}::uuid, ${s.id}::uuid, ${s.version}::int, ${s.epoch}::int, ${json(s.next)}::jsonb,
      ${s.endSessions}::boolean, ${s.clearLink}::boolean, ${json(s.event)}::jsonb, ${json(s.diff)}::jsonb)`
  return { written: row?.written ?? false, sessionsEnded: row?.sessions_ended ?? 0 }
}

import 'server-only'
import { env } from '@/lib/env'
import { everything } from './log-filter'
import { type EventDetail, getEvent, listLog } from './query'
import type { EventView } from './view'

const AROUND_MS = 5 * 60_000
const MOST = 50

/** `origin`: where this service answers, for commands that can be pasted. */
export type Inspection = { event: EventDetail; conversation: EventView[]; origin: string }

/** An event and the other requests about the same person or group within five minutes, in their order; null: none here. */
export async function inspect(orgId: string, idOrRef: string): Promise<Inspection | null> {
  const event = await getEvent(orgId, idOrRef)
  if (!event) return null
  const origin = env().ROLLCALL_URL
  if (!event.targetId) return { event, conversation: [], origin }
  const at = Date.parse(event.at)
  const window = { from: new Date(at - AROUND_MS), to: new Date(at + AROUND_MS) }
  const { events } = await listLog(orgId, { ...everything, targetIds: [event.targetId] }, window, MOST)
  return { event, conversation: events.reverse(), origin }
}

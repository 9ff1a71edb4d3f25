import type { Outcome } from '@/lib/events/types'
import type { EventView } from '@/lib/events/view'

/** What the log shows; the page's address says it. */
export type LogFilter = { reads: boolean; outcome?: Outcome | undefined; kind?: string | undefined }

/** Rows that stay in the page; what is older is one link away. */
export const MAX_ROWS = 500

/** True when an event belongs into a log filtered like this. */
export function matches(event: EventView, { reads, outcome, kind }: LogFilter): boolean {
  if (outcome && event.outcome !== outcome) return false
  if (kind && !event.type.startsWith(kind)) return false
  return reads || !event.read
}

/** Both lists as one, newest first, each event once. Ids are in order of time. */
export function mergeEvents(a: readonly EventView[], b: readonly EventView[]): EventView[] {
  const byId = new Map([...b, ...a].map((event) => [event.id, event]))
  return [...byId.values()].sort((x, y) => (x.id < y.id ? 1 : -1)).slice(0, MAX_ROWS)
}

import type { EventView } from '@/lib/events/view'

/** Rows that stay in the page; what is older is one link away. */
export const MAX_ROWS = 500

/** Both lists as one, newest first, each event once. Ids are in order of time. */
export function mergeEvents(a: readonly EventView[], b: readonly EventView[]): EventView[] {
  const byId = new Map([...b, ...a].map((event) => [event.id, event]))
  return [...byId.values()].sort((x, y) => (x.id < y.id ? 1 : -1)).slice(0, MAX_ROWS)
}

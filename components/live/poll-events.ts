import { floorId } from '@/lib/events/id-range'
import type { EventView } from '@/lib/events/view'
import { timeOfId } from '@/lib/ids'

/** Ids are made before their commit: what is committed late has a smaller one (see lib/events/stream.ts). */
const OVERLAP_MS = 15_000
const PAGE = 200

export type Polled = { events: EventView[]; last: string } | 'away' | 'ended'

/**
 * The events after `last` (or since a moment), for when no stream can be held. Some come again; drop them by id.
 * `ended`: whoever asks may no longer watch.
 */
export async function pollEvents(org: string, last: string, since: number): Promise<Polled> {
  const from = (last ? timeOfId(last).getTime() : since) - OVERLAP_MS
  const events: EventView[] = []
  try {
    for (let after = floorId(from); ; ) {
      const query = new URLSearchParams({ reads: '1', limit: String(PAGE), after })
      const response = await fetch(`/api/orgs/${encodeURIComponent(org)}/events?${query}`, { cache: 'no-store' })
      if (response.status === 401 || response.status === 403) return 'ended'
      if (!response.ok) return 'away'
      const page = ((await response.json()) as { events: EventView[] }).events
      events.unshift(...page)
      after = page[0]?.id ?? after
      if (page.length < PAGE) return { events: events.reverse(), last: after > last ? after : last }
    }
  } catch {
    return 'away'
  }
}

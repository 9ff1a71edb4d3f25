import type { ReactNode } from 'react'
import type { EventView } from '@/lib/events/view'
import { EventRow } from './event-row'

/** A page of events that stays as it is. */
export function EventList({ org, events, empty }: { org: string; events: EventView[]; empty: ReactNode }) {
  if (events.length === 0) return empty
  return (
    <ol aria-label="Events, newest first">
      {events.map((event) => (
        <EventRow key={event.id} org={org} event={event} />
      ))}
    </ol>
  )
}

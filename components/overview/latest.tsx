import { OutcomeWord } from '@/components/events/outcome'
import { SentenceText } from '@/components/events/sentence-text'
import { Card } from '@/components/ui/card'
import { RowLink } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { EventView } from '@/lib/events/view'

/** The newest events, one a line. The page keeps them up to date. */
export function Latest({ org, events }: { org: string; events: EventView[] }) {
  return (
    <Card
      title="Latest events"
      note={
        <a href={`/orgs/${org}/admin/events`} className="text-accent underline-offset-2 hover:underline">
          All events
        </a>
      }
    >
      {events.length === 0 ? (
        <p className="px-4 py-6 text-center text-muted">
          Nothing yet. As soon as Okta sends a person, or somebody signs in, a line about it appears here.
        </p>
      ) : (
        <ol className="divide-y divide-border">
          {events.map((event) => (
            <li
              key={event.id}
              className="relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-4 py-2 hover:bg-raised"
            >
              <RowLink href={`/orgs/${org}/admin/events/${event.ref}`}>
                <span className="line-clamp-3 font-normal">
                  <SentenceText event={event} />
                </span>
              </RowLink>
              <Time at={event.at} className="text-xs leading-5 text-muted" />
              <OutcomeWord outcome={event.outcome} className="col-start-1" />
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}

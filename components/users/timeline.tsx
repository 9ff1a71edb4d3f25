import Link from 'next/link'
import { OutcomeWord } from '@/components/events/outcome'
import { SentenceText } from '@/components/events/sentence-text'
import { Card } from '@/components/ui/card'
import { Diff } from '@/components/ui/diff'
import { Time } from '@/components/ui/time'
import type { EventView } from '@/lib/events/view'

/** Changes a line of the timeline shows; the event's page has them all. */
const MAX_CHANGES = 4

/** A person's life here: every event about them as a sentence, newest first. */
export function Timeline({ org, events, more }: { org: string; events: EventView[]; more: boolean }) {
  return (
    <Card title="Timeline" note={more ? 'the newest 50' : undefined}>
      {events.length === 0 ? (
        <p className="px-4 py-3 text-muted">Nothing is recorded about this person yet.</p>
      ) : (
        <ol className="margin-rule divide-y divide-border">
          {events.map((event) => (
            <Moment key={event.id} org={org} event={event} />
          ))}
        </ol>
      )}
    </Card>
  )
}

/** What decides access comes first. */
const weight = (path: string) => (path === 'active' || path === 'role' ? 0 : 1)

function Moment({ org, event }: { org: string; event: EventView }) {
  const changes = [...(event.diff ?? [])].sort((a, b) => weight(a.path) - weight(b.path))
  const rest = changes.length - MAX_CHANGES
  return (
    <li className="relative py-2.5 pr-4 pl-11">
      <span
        aria-hidden="true"
        className="absolute top-[14.5px] left-[22px] size-[11px] rounded-full border-2 border-margin bg-surface"
      />
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <Link href={`/orgs/${org}/admin/events/${event.ref}`} prefetch={false} className="hover:underline">
          <SentenceText event={event} />
        </Link>
        <span className="flex items-center gap-3">
          {event.outcome === 'success' ? null : <OutcomeWord outcome={event.outcome} />}
          <Time at={event.at} className="text-xs text-muted" />
        </span>
      </div>
      {changes.length > 0 && event.type !== 'user.created' ? (
        <div className="mt-1">
          <Diff changes={changes.slice(0, MAX_CHANGES)} dense />
          {rest > 0 ? <p className="mt-1 text-xs text-muted">and {rest} more</p> : null}
        </div>
      ) : null}
    </li>
  )
}

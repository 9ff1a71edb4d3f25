import Link from 'next/link'
import { OutcomeWord } from '@/components/events/outcome'
import { SentenceText } from '@/components/events/sentence-text'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Time } from '@/components/ui/time'
import { detailOf } from '@/lib/events/sentence'
import type { EventView } from '@/lib/events/view'
import { groupHref } from './groups-url'

type Props = {
  org: string
  groupId: string
  events: EventView[]
  /** Where the older ones go on. */
  next: string | undefined
  /** An older page is shown. */
  older: boolean
}

/** What became of a group, newest first: pushes of Okta's, and roles chosen here. Each line leads to its event. */
export function GroupTimeline({ org, groupId, events, next, older }: Props) {
  const here = groupHref(org, groupId)
  return (
    <Card title="Timeline" note={older ? 'older' : 'newest first'}>
      {events.length === 0 ? (
        <p className="px-4 py-3 text-muted">The log has nothing about this group{older ? ' before that' : ''}.</p>
      ) : (
        <ol className="margin-rule divide-y divide-border">
          {events.map((event) => (
            <Moment key={event.id} org={org} event={event} />
          ))}
        </ol>
      )}
      {next || older ? (
        <nav aria-label="Pages of the timeline" className="flex flex-wrap gap-2 border-t border-border px-4 py-2.5">
          {older ? <ButtonLink href={`${here}#timeline`}>Newest</ButtonLink> : null}
          {next ? (
            <ButtonLink href={`${groupHref(org, groupId, { older: next })}#timeline`} className="ml-auto">
              Older
            </ButtonLink>
          ) : null}
        </nav>
      ) : null}
    </Card>
  )
}

function Moment({ org, event }: { org: string; event: EventView }) {
  const detail = detailOf(event)
  return (
    <li className="relative flex flex-wrap items-baseline justify-between gap-x-4 py-2 pr-4 pl-11">
      <span
        aria-hidden="true"
        className="absolute top-[12.5px] left-[22px] size-[11px] rounded-full border-2 border-margin bg-surface"
      />
      <span className="min-w-0 flex-1 basis-60">
        <Link
          href={`/orgs/${org}/admin/events/${event.ref}`}
          prefetch={false}
          className="inline-block min-h-6 max-w-full py-0.5 hover:underline"
        >
          <SentenceText event={event} />
        </Link>
        {detail ? <span className="text-xs text-muted"> · {detail}</span> : null}
      </span>
      <span className="flex items-center gap-3">
        {event.outcome === 'success' ? null : <OutcomeWord outcome={event.outcome} />}
        <Time at={event.at} className="text-xs text-muted" />
      </span>
    </li>
  )
}

import clsx from 'clsx'
import Link from 'next/link'
import { Time } from '@/components/ui/time'
import { detailOf } from '@/lib/events/sentence'
import type { EventView } from '@/lib/events/view'
import { OutcomeWord } from './outcome'
import { SentenceText } from './sentence-text'

type Props = { org: string; event: EventView; fresh?: boolean }

/** One event, one line; on a phone two. The link covers the row. */
export function EventRow({ org, event, fresh = false }: Props) {
  const detail = detailOf(event)
  return (
    <li
      className={clsx(
        'row relative grid items-start gap-x-4 gap-y-0.5 border-b border-border px-4 py-2 last:border-0 hover:bg-raised sm:grid-cols-[5.5rem_minmax(0,1fr)_6rem] lg:grid-cols-[5.5rem_minmax(0,1fr)_17rem_6rem]',
        fresh && 'animate-arrive',
      )}
    >
      <p className="min-w-0 sm:col-start-2 sm:row-start-1">
        <Link
          href={`/orgs/${org}/admin/events/${event.ref}`}
          prefetch={false}
          className="text-text after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          <SentenceText event={event} />
        </Link>
        {detail ? <span className="block truncate text-xs text-muted">{detail}</span> : null}
      </p>
      <span className="flex items-center gap-3 sm:contents">
        <OutcomeWord outcome={event.outcome} className="sm:col-start-1 sm:row-start-1" />
        <RequestLine event={event} className="max-lg:hidden lg:col-start-3 lg:row-start-1" />
        <Time at={event.at} className="text-xs leading-5 text-muted sm:-col-end-1 sm:row-start-1 sm:text-right" />
      </span>
    </li>
  )
}

type LineProps = { event: EventView; className?: string; full?: boolean }

/** `PATCH /Users/… 200`, for events that came as a request. */
export function RequestLine({ event, className, full = false }: LineProps) {
  if (!event.method) return null
  return (
    <code className={clsx('flex gap-2 font-mono text-xs leading-5 text-muted', className)}>
      <span className="font-semibold">{event.method}</span>
      <span className={full ? 'min-w-0' : 'max-w-44 truncate'}>{full ? event.path : shortAddress(event.path)}</span>
      {event.status === null ? null : <span className={event.status >= 400 ? 'text-fail' : ''}>{event.status}</span>}
    </code>
  )
}

/** The part of an address after the org: `/Users/0198…`. */
const shortAddress = (path: string | null) => (path ?? '').replace(/^.*\/scim\/v2\/[^/]+/, '') || '/'

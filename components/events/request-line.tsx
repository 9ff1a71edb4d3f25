import clsx from 'clsx'
import type { EventView } from '@/lib/events/view'

type Props = { event: EventView; className?: string; full?: boolean }

/** `PATCH /Users/… 200`, for events that came as a request. */
export function RequestLine({ event, className, full = false }: Props) {
  if (!event.method) return null
  return (
    <code className={clsx('flex gap-2 font-mono text-xs leading-5 text-muted', className)}>
      <span className="shrink-0 font-semibold">{event.method}</span>
      <span className={full ? 'min-w-0' : 'min-w-0 truncate'}>{full ? event.path : shortAddress(event.path)}</span>
      {event.status === null ? null : (
        <span className={clsx('shrink-0', event.status >= 400 && 'text-fail')}>{event.status}</span>
      )}
    </code>
  )
}

/** The part of an address after the org: `/Users/0198…`. */
const shortAddress = (path: string | null) => (path ?? '').replace(/^.*\/scim\/v2\/[^/]+/, '') || '/'

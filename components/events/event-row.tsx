'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { type MouseEvent, memo } from 'react'
import { absoluteTime } from '@/components/ui/format'
import { Time } from '@/components/ui/time'
import { detailOf } from '@/lib/events/sentence'
import type { EventView } from '@/lib/events/view'
import { OutcomeWord } from './outcome'
import { RequestLine } from './request-line'
import { SentenceText } from './sentence-text'

/** One grid for the head and every row; on a phone a row is two lines of the same cells. */
export const columns =
  'grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 px-4 sm:grid-cols-[5.25rem_minmax(0,1fr)_6rem] lg:grid-cols-[5.25rem_7rem_minmax(0,1fr)_16rem_4rem]'

type Props = {
  event: EventView
  href: string
  fresh: boolean
  dense: boolean
  exact: boolean
  open: boolean
  ms: number | undefined
  onOpen: (event: EventView, click: MouseEvent) => void
}

/** The id of the link that opens an event, so that the focus can come back to it. */
export const rowId = (event: Pick<EventView, 'ref'>) => `row-${event.ref}`

/** One event, one line; on a phone two. The link covers the row. */
export const EventRow = memo(function EventRow({ event, href, fresh, dense, exact, open, ms, onOpen }: Props) {
  const detail = dense ? null : detailOf(event)
  return (
    <tr
      className={clsx(
        'row relative items-start hover:bg-raised has-[a[aria-current]]:bg-accent-soft',
        columns,
        dense ? 'py-1' : 'py-2.5',
        fresh && 'animate-arrive',
      )}
    >
      <td className="max-sm:row-start-2 sm:col-start-1 sm:row-start-1">
        <OutcomeWord outcome={event.outcome} />
      </td>
      <td className="text-xs leading-5 text-muted max-sm:row-start-2 sm:col-start-3 sm:row-start-1 sm:max-lg:text-right lg:col-start-2">
        <When at={event.at} exact={exact} />
      </td>
      <th
        scope="row"
        className="min-w-0 text-left font-normal max-sm:col-span-2 max-sm:row-start-1 sm:col-start-2 sm:row-start-1 lg:col-start-3"
      >
        <Link
          id={rowId(event)}
          href={href}
          prefetch={false}
          aria-current={open ? 'true' : undefined}
          onClick={(click) => onOpen(event, click)}
          className="text-text after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          <span className={dense ? 'line-clamp-1' : 'line-clamp-3'}>
            <SentenceText event={event} />
          </span>
        </Link>
        {detail ? <span className="block truncate text-xs text-muted">{detail}</span> : null}
      </th>
      <td className="min-w-0 max-lg:hidden">
        <RequestLine event={event} />
      </td>
      <td className="text-right font-mono text-xs leading-5 text-muted max-lg:hidden">
        {ms === undefined ? null : `${ms} ms`}
      </td>
    </tr>
  )
})

/** How long ago, or the very moment in UTC. */
function When({ at, exact }: { at: string; exact: boolean }) {
  if (!exact) return <Time at={at} />
  const [day = '', time = ''] = absoluteTime(new Date(at)).split(' ')
  return (
    <time dateTime={at} title={`${day} ${time} UTC`} className="font-mono">
      {day.slice(5)} {time}
    </time>
  )
}

'use client'

import clsx from 'clsx'
import ArrowUp from 'lucide-react/icons/arrow-up'
import { type MouseEvent, type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { LiveWord } from '@/components/live/live-word'
import { TOGGLE_LIVE } from '@/components/shell/command-events'
import { useKeys } from '@/components/shell/use-keys'
import { Button } from '@/components/ui/button'
import { counted } from '@/components/ui/format'
import { type LogAddress, logHref } from '@/lib/events/log-address'
import type { LogFilter } from '@/lib/events/log-filter'
import type { EventView } from '@/lib/events/view'
import { Announce } from './announce'
import { columns, EventRow, rowId } from './event-row'
import { InspectorSheet } from './inspector-sheet'
import { isReadingIn, useLiveLog } from './use-live-log'

type Props = {
  org: string
  initial: EventView[]
  durations: Record<string, number>
  after: string | undefined
  oldest: string | undefined
  filter: LogFilter
  address: LogAddress
  /** False on a page of the past: nothing new can belong to it. */
  live: boolean
  empty: ReactNode
}

const WIDE = '(min-width: 1024px)'

/** The rows of the log with the inspector beside them. Nothing that is read ever moves. */
export function EventLog({ org, durations, address, live, empty, ...rest }: Props) {
  const table = useRef<HTMLTableElement>(null)
  const [exact, setExact] = useState(false)
  const [open, setOpen] = useState<string | null>(address.event)
  const isReading = () => !live || open !== null || isReadingIn(table.current)
  const log = useLiveLog({ org, isReading, ...rest })
  const { rows, arrived, waiting, paused } = log
  const held = live ? waiting.filter(({ id }) => !arrived.has(id)) : []
  const since = useSince(log.state === 'live')
  const current = rows.findIndex(({ ref }) => ref === open)

  const show = (ref: string | null) => {
    setOpen(ref)
    history.replaceState(null, '', logHref(org, address, { event: ref }))
  }
  const close = () => {
    const row = open && document.getElementById(rowId({ ref: open }))
    show(null)
    if (row instanceof HTMLElement) row.focus()
  }
  const move = (by: number) => {
    const next = rows[current + by]
    if (next) show(next.ref)
    return open !== null
  }
  const step = (by: number) => {
    const links = [...(table.current?.querySelectorAll<HTMLElement>('th > a') ?? [])]
    const at = links.findIndex((link) => link.contains(document.activeElement))
    links[at < 0 ? 0 : at + by]?.focus()
    return true
  }
  const onOpen = useEvent((event: EventView, click: MouseEvent) => {
    // On a phone, and in a new tab, the event has a page of its own.
    if (click.metaKey || click.ctrlKey || click.shiftKey || !matchMedia(WIDE).matches) return
    click.preventDefault()
    show(event.ref)
  })
  useKeys((key, event) => {
    const at = event.target instanceof Element ? event.target : null
    if (document.querySelector('dialog:modal')) return false
    if (key === 'j' || key === 'k') return open ? move(key === 'j' ? 1 : -1) : step(key === 'j' ? 1 : -1)
    if (open && (key === 'ArrowDown' || key === 'ArrowUp') && !at?.closest('section[tabindex]')) {
      return move(key === 'ArrowDown' ? 1 : -1)
    }
    if (key === 'Escape' && open) close()
    else if (key === ' ' && live && !at?.closest('button, summary, [role=button]')) log.togglePause()
    else return false
    return true
  })
  const toggle = useEffectEvent(() => log.togglePause())
  useEffect(() => {
    const onToggle = () => toggle()
    addEventListener(TOGGLE_LIVE, onToggle)
    return () => removeEventListener(TOGGLE_LIVE, onToggle)
  }, [])

  const row = (event: EventView) => (
    <EventRow
      key={event.id}
      event={event}
      href={logHref(org, address, {}, `/${event.ref}`)}
      fresh={arrived.has(event.id)}
      dense={address.density === 'dense'}
      exact={exact}
      open={event.ref === open}
      ms={durations[event.id]}
      onOpen={onOpen}
    />
  )
  const newest = rows.filter(({ id }) => arrived.has(id))
  return (
    <>
      <div className="flex min-h-11 items-center justify-between gap-3 border-b border-border py-1 pr-2 pl-4">
        {live ? (
          <LiveWord state={log.state} />
        ) : (
          <span className="text-xs text-muted">Not live: this page is of the past.</span>
        )}
        {live ? (
          <Button look="quiet" onClick={log.togglePause} aria-pressed={paused} className="needs-script">
            {paused ? 'Go on' : 'Pause'}
          </Button>
        ) : null}
      </div>
      <Announce news={log.news} />
      {held.length > 0 ? <Pill count={held.length} onClick={log.showWaiting} /> : null}
      {rows.length === 0 ? (
        empty
      ) : (
        <table ref={table} className="block">
          <caption className="sr-only">Events, newest first</caption>
          <thead className="block border-b border-border max-sm:sr-only">
            <tr className={clsx(columns, 'py-1.5 text-left text-xs text-muted [&>th]:font-medium')}>
              <th scope="col" className="sm:col-start-1 sm:row-start-1">
                Status
              </th>
              <th scope="col" className="sm:col-start-3 sm:row-start-1 sm:max-lg:text-right lg:col-start-2">
                <button type="button" aria-pressed={exact} onClick={() => setExact(!exact)} className="rounded">
                  When{exact ? ' (UTC)' : ''}
                </button>
              </th>
              <th scope="col" className="sm:col-start-2 sm:row-start-1 lg:col-start-3">
                What happened
              </th>
              <th scope="col" className="max-lg:hidden">
                Request
              </th>
              <th scope="col" className="text-right max-lg:hidden">
                Took
              </th>
            </tr>
          </thead>
          <tbody className="block divide-y divide-border">
            {newest.map(row)}
            {newest.length > 0 && since ? (
              <tr className="block bg-raised px-4 py-1 text-xs text-muted">
                <td className="block" colSpan={6}>
                  Live since {since}
                </td>
              </tr>
            ) : null}
            {rows.filter(({ id }) => !arrived.has(id)).map(row)}
          </tbody>
        </table>
      )}
      {open ? <InspectorSheet org={org} reference={open} known={rows[current]} onClose={close} onMove={move} /> : null}
    </>
  )
}

/** The same function for good, so that rows need not be drawn again; it always runs the newest of `fn`. */
function useEvent<A extends unknown[]>(fn: (...args: A) => void): (...args: A) => void {
  const latest = useRef(fn)
  useEffect(() => {
    latest.current = fn
  })
  const [stable] = useState(
    () =>
      (...args: A) =>
        latest.current(...args),
  )
  return stable
}

/** The time of day at which the page went live. */
function useSince(live: boolean): string | null {
  const [since, setSince] = useState<string | null>(null)
  useEffect(() => {
    if (live) setSince((before) => before ?? new Date().toLocaleTimeString('en-GB'))
  }, [live])
  return since
}

function Pill({ count, onClick }: { count: number; onClick: () => void }) {
  return (
    <div className="sticky top-3 z-10 flex h-0 justify-center max-md:top-16">
      <Button look="primary" onClick={onClick} className="mt-2 shadow-card">
        <ArrowUp size={14} aria-hidden="true" />
        {counted(count, 'new event')}
      </Button>
    </div>
  )
}

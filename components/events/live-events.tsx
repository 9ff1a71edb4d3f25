'use client'

import ArrowUp from 'lucide-react/icons/arrow-up'
import { useRouter } from 'next/navigation'
import { type ReactNode, useRef, useState } from 'react'
import { LiveWord } from '@/components/live/live-word'
import { useEventStream } from '@/components/live/use-event-stream'
import { Button } from '@/components/ui/button'
import { counted } from '@/components/ui/format'
import type { EventView } from '@/lib/events/view'
import { Announce } from './announce'
import { EventRow } from './event-row'
import { type LogFilter, matches, mergeEvents } from './merge'

const TOP_PX = 80

type Props = {
  org: string
  initial: EventView[]
  after: string | undefined
  /** The last row's event when older ones have a page of their own: the stream may send some of those again. */
  oldest: string | undefined
  filter: LogFilter
  empty: ReactNode
}

type Log = { arrived: EventView[]; waiting: EventView[] }

/** The newest events; more arrive on top, or wait behind a pill while somebody reads. Nothing read ever moves. */
export function LiveEvents({ org, initial, after, oldest, filter, empty }: Props) {
  const router = useRouter()
  // One state, so that what arrives while the pill is being pressed moves along and is not dropped.
  const [{ arrived, waiting }, setLog] = useState<Log>({ arrived: [], waiting: [] })
  const [paused, setPaused] = useState(false)
  const list = useRef<HTMLOListElement>(null)

  const reading = () => window.scrollY > TOP_PX || (list.current?.contains(document.activeElement) ?? false)
  const onEvents = (events: EventView[]) => {
    const known = new Set(initial.map((event) => event.id))
    const isNew = (event: EventView) => !known.has(event.id) && event.id > (oldest ?? '')
    const fresh = events.filter((event) => matches(event, filter) && isNew(event))
    if (fresh.length === 0) return
    const wait = paused || reading()
    setLog((log) =>
      wait
        ? { ...log, waiting: mergeEvents(fresh, log.waiting) }
        : { ...log, arrived: mergeEvents(fresh, log.arrived) },
    )
  }
  const stream = useEventStream({ org, after, onEvents, onGap: () => router.refresh() })

  const shownIds = new Set(arrived.map((event) => event.id))
  const held = waiting.filter((event) => !shownIds.has(event.id))
  const rows = mergeEvents(arrived, initial)

  const showWaiting = () => {
    setLog((log) => ({ arrived: mergeEvents(log.waiting, log.arrived), waiting: [] }))
    window.scrollTo({ top: 0 })
  }
  const togglePause = () => {
    if (paused) showWaiting()
    setPaused(!paused)
  }
  return (
    <>
      <div className="flex min-h-11 items-center justify-between gap-3 border-b border-border py-1 pr-2 pl-4">
        <LiveWord state={paused && stream === 'live' ? 'paused' : stream} />
        <Button look="quiet" onClick={togglePause} aria-pressed={paused}>
          {paused ? 'Go on' : 'Pause'}
        </Button>
      </div>
      <Announce arrived={arrived} />
      {held.length > 0 ? <Pill count={held.length} onClick={showWaiting} /> : null}
      {rows.length > 0 ? (
        <ol ref={list} aria-label="Events, newest first">
          {rows.map((event) => (
            <EventRow key={event.id} org={org} event={event} fresh={shownIds.has(event.id)} />
          ))}
        </ol>
      ) : (
        empty
      )}
    </>
  )
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

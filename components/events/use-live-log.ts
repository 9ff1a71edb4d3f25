'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { type StreamState, useEventStream } from '@/components/live/use-event-stream'
import { type LogFilter, matches } from '@/lib/events/log-filter'
import type { EventView } from '@/lib/events/view'
import { mergeEvents } from './merge'

/** Rows drawn in one frame: a burst of five hundred must not hold the tab. */
const PER_FRAME = 20
const TOP_PX = 80

type Options = {
  org: string
  initial: EventView[]
  after: string | undefined
  /** The last row's id when older ones have a page of their own: the stream may send some of those again. */
  oldest: string | undefined
  filter: LogFilter
  /** True while somebody reads: what comes then waits. */
  isReading: () => boolean
}

type Log = { arrived: EventView[]; waiting: EventView[] }

export type LiveLog = {
  rows: EventView[]
  /** Ids of what came after the page was made. */
  arrived: ReadonlySet<string>
  waiting: EventView[]
  state: StreamState | 'paused'
  paused: boolean
  togglePause: () => void
  showWaiting: () => void
  /** Counts what came, for those who cannot see it. */
  news: { n: number; failed: number }
}

/** The newest events; more come on top, some each frame, or wait while somebody reads. */
export function useLiveLog({ org, initial, after, oldest, filter, isReading }: Options): LiveLog {
  const router = useRouter()
  // One state, so that what arrives while the pill is being pressed moves along and is not dropped.
  const [{ arrived, waiting }, setLog] = useState<Log>({ arrived: [], waiting: [] })
  const [news, setNews] = useState({ n: 0, failed: 0 })
  const [paused, setPaused] = useState(false)
  const known = useRef(new Set<string>())
  const queue = useRef<EventView[]>([])
  const frame = useRef(0)

  const draw = useEffectEvent(() => {
    frame.current = 0
    const wait = paused || isReading()
    // What waits draws nothing, so all of it may go at once.
    const some = queue.current.splice(0, wait ? queue.current.length : PER_FRAME)
    if (some.length === 0) return
    setLog((log) =>
      wait ? { ...log, waiting: mergeEvents(some, log.waiting) } : { ...log, arrived: mergeEvents(some, log.arrived) },
    )
    if (queue.current.length > 0) frame.current = requestAnimationFrame(() => draw())
  })
  useEffect(() => () => cancelAnimationFrame(frame.current), [])

  const onEvents = (events: EventView[]) => {
    const shown = new Set(initial.map((event) => event.id))
    const isNew = ({ id }: EventView) => !shown.has(id) && !known.current.has(id) && id > (oldest ?? '')
    const fresh = events.filter((event) => isNew(event) && matches(event, filter))
    if (fresh.length === 0) return
    for (const { id } of fresh) known.current.add(id)
    const failed = fresh.filter((event) => event.outcome === 'failed').length
    setNews((before) => ({ n: before.n + fresh.length, failed: before.failed + failed }))
    queue.current.push(...fresh)
    // A hidden tab draws no frames, and need not.
    if (document.visibilityState === 'hidden') draw()
    else if (frame.current === 0) frame.current = requestAnimationFrame(() => draw())
  }
  const stream = useEventStream({ org, after, onEvents, onGap: () => router.refresh() })

  const showWaiting = () => {
    queue.current.unshift(...waiting)
    setLog((log) => ({ ...log, waiting: [] }))
    window.scrollTo({ top: 0 })
    show()
  }
  /** Draws what waited bit by bit, though somebody may be reading: they asked for it. */
  const show = () => {
    const some = queue.current.splice(0, PER_FRAME)
    if (some.length === 0) return
    setLog((log) => ({ ...log, arrived: mergeEvents(some, log.arrived) }))
    requestAnimationFrame(show)
  }
  const togglePause = () => {
    if (paused) showWaiting()
    setPaused(!paused)
  }
  return {
    rows: mergeEvents(arrived, initial),
    arrived: new Set(arrived.map(({ id }) => id)),
    waiting,
    state: paused && (stream === 'live' || stream === 'polling') ? 'paused' : stream,
    paused,
    togglePause,
    showWaiting,
    news,
  }
}

/** True while the page is scrolled down or something in `list` has the focus. */
export const isReadingIn = (list: Element | null): boolean =>
  window.scrollY > TOP_PX || (list?.contains(document.activeElement) ?? false)

'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import type { EventView } from '@/lib/events/view'

export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'ended'

const RETRY_MS = 2000
/** A hidden tab gives its connection back: browsers allow six per host to all tabs together. */
const HIDDEN_MS = 10_000

type Options = {
  org: string
  /** The newest event the page already shows. */
  after?: string | undefined
  onEvents: (events: EventView[]) => void
  /** Too much was missed to send it all: load the page again. */
  onGap?: (() => void) | undefined
}

/** The org's events as they are committed. Resumes where it was after every interruption; a row may come twice. */
export function useEventStream({ org, after, onEvents, onGap }: Options): StreamState {
  const [state, setState] = useState<StreamState>('connecting')
  const tell = useEffectEvent(onEvents)
  const tellGap = useEffectEvent(() => onGap?.())
  const first = useEffectEvent(() => after)

  useEffect(() => {
    const connection = connect(org, first() ?? '', { setState, onEvents: tell, onGap: tellGap })
    return connection.stop
  }, [org])
  return state
}

type Listener = { setState: (state: StreamState) => void; onEvents: (events: EventView[]) => void; onGap: () => void }

function connect(org: string, after: string, to: Listener) {
  let last = after
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting: EventView[] = []

  const flush = () => {
    const events = waiting
    waiting = []
    if (events.length > 0) to.onEvents(events)
  }
  const close = () => {
    clearTimeout(timer)
    source?.close()
    source = undefined
  }
  const open = () => {
    close()
    const opened = new EventSource(`/api/orgs/${encodeURIComponent(org)}/events/stream${last ? `?after=${last}` : ''}`)
    source = opened
    opened.onopen = () => to.setState('live')
    opened.onerror = () => {
      to.setState('reconnecting')
      // Refused or cut off for good: the browser gives up, we do not.
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(open, RETRY_MS)
    }
    opened.addEventListener('event', (message: MessageEvent<string>) => {
      const event = parse(message.data)
      if (!event) return
      if (message.lastEventId > last) last = message.lastEventId
      // A burst becomes one update of the page.
      if (waiting.push(event) === 1) setTimeout(flush, 60)
    })
    opened.addEventListener('gap', () => to.onGap())
    opened.addEventListener('ended', () => {
      close()
      to.setState('ended')
    })
  }
  const onVisibility = () => {
    clearTimeout(timer)
    if (document.visibilityState === 'hidden') timer = setTimeout(close, HIDDEN_MS)
    else if (!source) open()
  }
  document.addEventListener('visibilitychange', onVisibility)
  open()
  return {
    stop: () => {
      document.removeEventListener('visibilitychange', onVisibility)
      close()
    },
  }
}

function parse(data: string): EventView | undefined {
  try {
    // Written by our own stream route; the page and it come from one build.
    return JSON.parse(data) as EventView
  } catch {
    return undefined
  }
}

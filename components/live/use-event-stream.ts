'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import type { EventView } from '@/lib/events/view'
import { pollEvents } from './poll-events'

export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'polling' | 'ended'

const RETRY_MS = 2000
/** A hidden tab gives its connection back: browsers allow six per host to all tabs together. */
const HIDDEN_MS = 10_000
/** So often in a row without an answer, and the page asks instead of listening. */
const FAILURES = 2
const POLL_MS = 3000
/** While asking works, how soon a stream is tried again. */
const AGAIN_MS = 15_000
const FLUSH_MS = 60

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
  const since = Date.now()
  let last = after
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting: EventView[] = []
  let failures = 0
  let stopped = false

  const flush = () => {
    const events = waiting
    waiting = []
    if (events.length > 0 && !stopped) to.onEvents(events)
  }
  const take = (events: EventView[]) => {
    // A burst becomes one update of the page.
    if (waiting.length === 0) setTimeout(flush, FLUSH_MS)
    waiting.push(...events)
  }
  const close = () => {
    clearTimeout(timer)
    source?.close()
    source = undefined
  }
  const end = () => {
    close()
    to.setState('ended')
  }
  const open = () => {
    close()
    const opened = new EventSource(`/api/orgs/${encodeURIComponent(org)}/events/stream${last ? `?after=${last}` : ''}`)
    source = opened
    opened.onopen = () => {
      failures = 0
      to.setState('live')
    }
    opened.onerror = () => {
      failures += 1
      if (failures >= FAILURES) {
        close()
        to.setState('reconnecting')
        return void poll(Date.now())
      }
      to.setState('reconnecting')
      // Refused or cut off for good: the browser gives up, we do not.
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(open, RETRY_MS)
    }
    opened.addEventListener('event', (message: MessageEvent<string>) => {
      const event = parse(message.data)
      if (!event) return
      if (message.lastEventId > last) last = message.lastEventId
      take([event])
    })
    opened.addEventListener('gap', () => to.onGap())
    opened.addEventListener('ended', end)
  }
  /** Asks every few seconds. As soon as an answer comes a stream is tried, then now and again. */
  const poll = async (streamTried: number) => {
    const answer = await pollEvents(org, last, since)
    if (stopped || source) return
    if (answer === 'ended') return end()
    if (answer !== 'away') {
      to.setState('polling')
      last = answer.last > last ? answer.last : last
      if (answer.events.length > 0) take(answer.events)
    } else to.setState('reconnecting')
    const again = answer !== 'away' && (failures === FAILURES || Date.now() - streamTried > AGAIN_MS)
    timer = setTimeout(again ? open : () => void poll(streamTried), again ? 0 : POLL_MS)
  }
  const onVisibility = () => {
    if (document.visibilityState === 'hidden') {
      clearTimeout(timer)
      timer = setTimeout(close, HIDDEN_MS)
    } else if (source) clearTimeout(timer)
    else open()
  }
  document.addEventListener('visibilitychange', onVisibility)
  open()
  return {
    stop: () => {
      stopped = true
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

'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import type { EventView } from '@/lib/events/view'
import { LiveWord } from './live-word'
import { useEventStream } from './use-event-stream'

const WAIT_MS = 120

type Props = {
  org: string
  /** Beginnings of the event types that change this page, such as `user.`. */
  types: string[]
  /** Only events about this thing. */
  targetId?: string
}

/** Renders the page anew, in place, when something it shows has changed. */
export function LiveRefresh({ org, types, targetId }: Props) {
  const router = useRouter()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const refresh = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => router.refresh(), WAIT_MS)
  }
  const concerns = (event: EventView) =>
    !event.read &&
    types.some((type) => event.type.startsWith(type)) &&
    (targetId === undefined || event.targetKind === 'group' || event.targetId === targetId)
  const onEvents = (events: EventView[]) => {
    if (events.some(concerns)) refresh()
  }
  return <LiveWord state={useEventStream({ org, onEvents, onGap: refresh })} />
}

'use client'

import RotateCw from 'lucide-react/icons/rotate-cw'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import type { EventView } from '@/lib/events/view'
import { LiveWord } from './live-word'
import { useEventStream } from './use-event-stream'

const WAIT_MS = 120
/** Scrolled further than this, somebody is reading what stands there now. */
const READING_PX = 80

type Props = {
  org: string
  /** Beginnings of the event types that change this page, such as `user.`. */
  types: string[]
  /** Only events about these things. */
  targetIds?: readonly string[]
  /** And those about any group: it may hold one of them. */
  orGroups?: boolean
  /** Never moves what is being read: while the page is scrolled or a row has the focus, news wait behind a button. */
  keepStill?: boolean
  /** Look-ups change this page as well. */
  reads?: boolean
}

/** Renders the page anew, in place, when something it shows has changed. */
export function LiveRefresh({ org, types, targetIds, orGroups = false, keepStill = false, reads = false }: Props) {
  const router = useRouter()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const due = useRef<ReadonlySet<string>>(new Set())
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => () => clearTimeout(timer.current), [])

  const hold = (ids: ReadonlySet<string>) => setWaiting((before) => new Set([...before, ...ids]))
  const refresh = () => {
    clearTimeout(timer.current)
    due.current = new Set()
    setWaiting(new Set())
    router.refresh()
  }
  // Looked at again when it is due: somebody may have begun to read meanwhile.
  const refreshSoon = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => (keepStill && isReading() ? hold(due.current) : refresh()), WAIT_MS)
  }
  const concerns = (event: EventView) =>
    (reads || !event.read) &&
    types.some((type) => event.type.startsWith(type)) &&
    (targetIds === undefined ||
      (orGroups && event.targetKind === 'group') ||
      (event.targetId !== null && targetIds.includes(event.targetId)))
  const onEvents = (events: EventView[]) => {
    const news = events.filter(concerns)
    if (news.length === 0) return
    const ids = new Set(news.map((event) => event.targetId ?? event.id))
    if (keepStill && isReading()) return hold(ids)
    due.current = new Set([...due.current, ...ids])
    refreshSoon()
  }
  const state = useEventStream({ org, onEvents, onGap: refresh })
  return (
    <span className="inline-flex">
      <LiveWord state={state} />
      {keepStill ? <Pill n={waiting.size} onPress={refresh} /> : null}
    </span>
  )
}

function isReading(): boolean {
  const row = document.activeElement?.closest('main table, main ol, main ul')
  return scrollY > READING_PX || (row !== null && row !== undefined)
}

function Pill({ n, onPress }: { n: number; onPress: () => void }) {
  return (
    <span role="status">
      {n > 0 ? (
        <button
          type="button"
          onClick={onPress}
          className="fixed bottom-6 left-1/2 z-30 inline-flex min-h-9 -translate-x-1/2 items-center gap-2 rounded-full bg-accent px-4 text-sm font-medium text-accent-text shadow-card max-sm:min-h-11"
        >
          <RotateCw size={14} aria-hidden="true" />
          {`${n.toLocaleString('en-US')} changed · show`}
        </button>
      ) : null}
    </span>
  )
}

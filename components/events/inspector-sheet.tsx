'use client'

import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import X from 'lucide-react/icons/x'
import { useEffect, useRef, useState } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import type { Inspection } from '@/lib/events/inspect'
import type { EventView } from '@/lib/events/view'
import { Inspector } from './inspector'

type Props = {
  org: string
  reference: string
  /** What the list knows of it already; the rest is asked for. */
  known: EventView | undefined
  onClose: () => void
  onMove: (by: number) => void
}

/** The open event beside the list, which stays in sight and in use. */
export function InspectorSheet({ org, reference, known, onClose, onMove }: Props) {
  const [found, setFound] = useState<Inspection | 'missing' | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const aborter = new AbortController()
    setFound(null)
    ask(org, reference, aborter.signal)
      .then(setFound)
      .catch(() => undefined)
    return () => aborter.abort()
  }, [org, reference])
  useEffect(() => heading.current?.focus(), [])

  const inspection = found === 'missing' ? null : found?.event.ref === reference ? found : null
  const event = inspection?.event ?? known
  return (
    <aside
      aria-label="Event"
      className="fixed inset-y-0 right-0 z-30 w-[min(38rem,100vw)] overflow-y-auto border-l border-border bg-canvas p-4 shadow-card"
    >
      <div className="no-print sticky -top-4 z-10 -mx-4 -mt-4 mb-3 flex items-center gap-1 border-b border-border bg-surface px-4 py-2">
        <h2 ref={heading} tabIndex={-1} className="grow outline-none">
          Event
        </h2>
        <Button look="quiet" aria-label="Newer event" onClick={() => onMove(-1)}>
          <ArrowUp size={14} aria-hidden="true" />
        </Button>
        <Button look="quiet" aria-label="Older event" onClick={() => onMove(1)}>
          <ArrowDown size={14} aria-hidden="true" />
        </Button>
        <ButtonLink look="quiet" href={`/orgs/${org}/admin/events/${reference}`}>
          Open
        </ButtonLink>
        <Button look="quiet" aria-label="Close" onClick={onClose}>
          <X size={14} aria-hidden="true" />
        </Button>
      </div>
      {event ? (
        <Inspector org={org} event={event} inspection={inspection} />
      ) : (
        <p className="text-muted">{found === 'missing' ? 'This event is not kept here (any more).' : 'Reading…'}</p>
      )}
    </aside>
  )
}

async function ask(org: string, reference: string, signal: AbortSignal): Promise<Inspection | 'missing'> {
  const response = await fetch(`/api/orgs/${encodeURIComponent(org)}/events/${reference}`, { signal })
  if (!response.ok) return 'missing'
  // Written by our own route; the page and it come from one build.
  return (await response.json()) as Inspection
}

'use client'

import { useEffect, useRef, useState } from 'react'
import { counted } from '@/components/ui/format'
import type { EventView } from '@/lib/events/view'

const EVERY_MS = 5000

/** Tells a screen reader how many events came, at most every five seconds. */
export function Announce({ arrived }: { arrived: EventView[] }) {
  const [text, setText] = useState('')
  const told = useRef(0)
  const latest = useRef(arrived)
  useEffect(() => {
    latest.current = arrived
  }, [arrived])
  useEffect(() => {
    const timer = setInterval(() => {
      const fresh = latest.current.slice(0, Math.max(latest.current.length - told.current, 0))
      if (fresh.length === 0) return
      const failed = fresh.filter((event) => event.outcome === 'failed').length
      setText(counted(fresh.length, 'new event') + (failed > 0 ? `, ${failed} failed` : ''))
      told.current = latest.current.length
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  )
}

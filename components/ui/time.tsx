'use client'

import { useEffect, useState } from 'react'
import { absoluteTime, relativeTime } from './format'

const TICK_MS = 10_000

/** One clock for every time on the page. */
const clock = { listeners: new Set<() => void>(), timer: undefined as ReturnType<typeof setInterval> | undefined }

function onTick(listener: () => void): () => void {
  clock.listeners.add(listener)
  clock.timer ??= setInterval(() => {
    for (const each of clock.listeners) each()
  }, TICK_MS)
  return () => {
    clock.listeners.delete(listener)
    if (clock.listeners.size > 0) return
    clearInterval(clock.timer)
    clock.timer = undefined
  }
}

/** How long ago, kept up to date; the exact moment in UTC on hover. `at` is ISO 8601. */
export function Time({ at, className }: { at: string; className?: string }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => onTick(() => setNow(Date.now())), [])
  const date = new Date(at)
  return (
    <time dateTime={at} title={absoluteTime(date)} className={className} suppressHydrationWarning>
      {relativeTime(date, Math.max(now, date.getTime()))}
    </time>
  )
}

'use client'

import { useEffect, useEffectEvent, useRef, useState } from 'react'
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
  const date = new Date(at)
  const text = () => relativeTime(date, Math.max(Date.now(), date.getTime()))
  const [, setShown] = useState(text)
  const element = useRef<HTMLTimeElement>(null)
  const update = useEffectEvent(() => {
    const now = text()
    // Where the server's text stands, React takes ours as drawn already, and would leave it until the next one.
    if (element.current && element.current.textContent !== now) element.current.textContent = now
    // The same text draws nothing, so that a list of hundreds costs a tick next to nothing.
    setShown(now)
  })
  useEffect(() => {
    update()
    return onTick(() => update())
  }, [])
  return (
    <time ref={element} dateTime={at} title={absoluteTime(date)} className={className} suppressHydrationWarning>
      {text()}
    </time>
  )
}

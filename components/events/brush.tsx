'use client'

import { useRouter } from 'next/navigation'
import { type PointerEvent, type ReactNode, useRef, useState } from 'react'
import { type LogAddress, logHref } from '@/lib/events/log-address'

type Props = { org: string; address: LogAddress; starts: string[]; stepMs: number; children: ReactNode }

/** Lets a span be drawn over the bars. Without a script, or by keyboard, the range menu does the same. */
export function Brush({ org, address, starts, stepMs, children }: Props) {
  const router = useRouter()
  const box = useRef<HTMLDivElement>(null)
  const [span, setSpan] = useState<[number, number] | null>(null)
  const drawn = useRef(false)

  const barAt = (event: PointerEvent) => {
    const at = box.current?.getBoundingClientRect()
    if (!at) return 0
    const bar = Math.floor(((event.clientX - at.left) / at.width) * starts.length)
    return Math.min(Math.max(bar, 0), starts.length - 1)
  }
  const end = () => {
    const chosen = span?.toSorted((a, b) => a - b)
    setSpan(null)
    const [first, last] = chosen ?? []
    const [from, to] = [starts[first ?? -1], starts[last ?? -1]]
    drawn.current = first !== last
    if (!drawn.current || !from || !to) return
    router.push(logHref(org, address, { from: new Date(from), to: new Date(Date.parse(to) + stepMs) }))
  }
  const [from, to] = span?.toSorted((a, b) => a - b) ?? []
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: drawing a span is a shortcut; the range menu does the same
    <div
      ref={box}
      className="relative touch-pan-y select-none"
      onDragStart={(event) => event.preventDefault()}
      onPointerDown={(event) => event.button === 0 && setSpan([barAt(event), barAt(event)])}
      onPointerMove={(event) => span && setSpan([span[0], barAt(event)])}
      onPointerUp={end}
      onPointerLeave={() => setSpan(null)}
      onClickCapture={(event) => {
        // The end of a span is no click on the bar below it.
        if (drawn.current) event.preventDefault()
        drawn.current = false
      }}
    >
      {children}
      {from !== undefined && to !== undefined && from !== to ? (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 border-x border-accent bg-accent/15"
          style={{ left: `${(from / starts.length) * 100}%`, width: `${((to - from + 1) / starts.length) * 100}%` }}
        />
      ) : null}
    </div>
  )
}

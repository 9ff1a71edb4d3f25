'use client'

import { lazy, Suspense, useEffect, useState } from 'react'
import type { Bar } from '@/lib/events/histogram'

const Drawing = lazy(() => import('./day-drawing').then(({ DayDrawing }) => ({ default: DayDrawing })))

/** The day as a drawing. It comes after the page, and only where somebody sees it; the table has the same numbers. */
export function DayChart({ bars }: { bars: Bar[] }) {
  const [ready, setReady] = useState(false)
  useEffect(() => setReady(true), [])
  return (
    <div aria-hidden="true" className="needs-script h-44 px-2 pt-3">
      {ready ? (
        <Suspense>
          <Drawing bars={bars} />
        </Suspense>
      ) : null}
    </div>
  )
}

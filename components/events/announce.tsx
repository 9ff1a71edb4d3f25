'use client'

import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { counted } from '@/components/ui/format'

const EVERY_MS = 5000

/** Tells a screen reader how many events came, at most every five seconds. */
export function Announce({ news }: { news: { n: number; failed: number } }) {
  const [text, setText] = useState('')
  const told = useRef({ n: 0, failed: 0 })
  const tell = useEffectEvent(() => {
    const [n, failed] = [news.n - told.current.n, news.failed - told.current.failed]
    if (n === 0) return
    setText(counted(n, 'new event') + (failed > 0 ? `, ${failed} failed` : ''))
    told.current = news
  })
  useEffect(() => {
    const timer = setInterval(() => tell(), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  )
}

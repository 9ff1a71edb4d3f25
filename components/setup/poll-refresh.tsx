'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { LiveWord } from '@/components/live/live-word'

const EVERY_MS = 3000

/** Keeps the page up to date where no stream may be opened: asks every few seconds while it is looked at. */
export function PollRefresh() {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && router.refresh(), EVERY_MS)
    return () => clearInterval(timer)
  }, [router])
  return <LiveWord state="polling" />
}

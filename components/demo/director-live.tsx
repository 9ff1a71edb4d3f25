'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useTransition } from 'react'

const SOON_MS = 80
/** What is no event, such as a measured time or the stand-in's return, is looked for so often. */
const LOOK_MS = 1500

/** Renders the page anew when something happened at either company, and while something is awaited. */
export function DirectorLive({ waiting }: { waiting: boolean }) {
  const router = useRouter()
  const [busy, begin] = useTransition()
  const refresh = useEffectEvent(() => begin(() => router.refresh()))
  // A slow answer is waited for, instead of asking for more of them.
  const look = useEffectEvent(() => busy || refresh())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const source = new EventSource('/demo/stream')
    source.addEventListener('change', () => {
      clearTimeout(timer)
      timer = setTimeout(() => refresh(), SOON_MS)
    })
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [])
  useEffect(() => {
    if (!waiting) return
    const timer = setInterval(() => look(), LOOK_MS)
    return () => clearInterval(timer)
  }, [waiting])
  return null
}

'use client'

import { useEffect } from 'react'

const RETRY_MS = 3000

/** Leaves the page as soon as this session is over, whoever ended it, and shows why. */
export function SessionWatch({ org }: { org: string }) {
  useEffect(() => {
    const leave = () => location.replace(`/denied?org=${org}`)
    let source: EventSource | undefined
    let retry: ReturnType<typeof setTimeout> | undefined
    let done = false

    const connect = () => {
      source = new EventSource(`/api/orgs/${org}/me/stream`)
      source.addEventListener('ended', leave)
      // The browser itself tries again after a lost connection; it gives up after a refusal, and only then we ask.
      source.onerror = () => {
        if (source?.readyState === EventSource.CLOSED) void ask()
      }
    }
    const ask = async () => {
      const answer = await fetch(`/api/me?org=${org}`, { cache: 'no-store' }).catch(() => null)
      if (done) return
      if (answer?.status === 401) leave()
      else retry = setTimeout(connect, RETRY_MS)
    }
    // A page brought back by the Back button shows what it showed then, so it asks first.
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) void ask()
    }
    connect()
    addEventListener('pageshow', onShow)
    return () => {
      done = true
      clearTimeout(retry)
      source?.close()
      removeEventListener('pageshow', onShow)
    }
  }, [org])
  return null
}

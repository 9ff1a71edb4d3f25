'use client'

import { useEffect } from 'react'

const RETRY_MS = 3000
/** How long a page that is being left, as by signing out, may take to go. */
const LEAVING_MS = 5000

/** Leaves the page as soon as this session is over, whoever ended it, and shows why. */
export function SessionWatch({ org }: { org: string }) {
  useEffect(() => {
    let leaving = false
    const show = () => location.replace(`/denied?org=${org}`)
    // Signing out ends the session too, and its way through Okta must not be cut short.
    const leave = () => void (leaving ? setTimeout(show, LEAVING_MS) : show())
    const onLeaving = () => {
      leaving = true
      setTimeout(() => {
        leaving = false
      }, LEAVING_MS)
    }
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
    addEventListener('beforeunload', onLeaving)
    return () => {
      done = true
      clearTimeout(retry)
      source?.close()
      removeEventListener('pageshow', onShow)
      removeEventListener('beforeunload', onLeaving)
    }
  }, [org])
  return null
}

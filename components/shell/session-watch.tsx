'use client'

import { useEffect } from 'react'

const RETRY_MS = 3000
/** How long a page that is being left, as by signing out, may take to go. */
const LEAVING_MS = 5000

const ENDED = 'ended'
const REPLACED = 'replaced'
/** What our own stream says of the end, see lib/auth/ended. */
const howOf = (data: string): string => (JSON.parse(data).replaced === true ? REPLACED : ENDED)

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
    // Signed in anew in another tab: the page may now be another person's, so it is asked for again.
    const watch = watchSession(org, (how) => (how === REPLACED ? location.reload() : leave()))
    // A page brought back by the Back button shows what it showed then, so it asks first.
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) void watch.ask()
    }
    addEventListener('pageshow', onShow)
    addEventListener('beforeunload', onLeaving)
    return () => {
      watch.stop()
      removeEventListener('pageshow', onShow)
      removeEventListener('beforeunload', onLeaving)
    }
  }, [org])
  return null
}

/**
 * Calls `ended` when the browser's session at the org is over. Browsers allow six connections per host to all tabs
 * together, so one tab holds the stream, by a lock, and tells the others; when it closes, the next takes over.
 */
function watchSession(org: string, ended: (how: string) => void) {
  const name = `rollcall.${org}.session`
  const others = new BroadcastChannel(name)
  const given = new AbortController()
  let source: EventSource | undefined
  let retry: ReturnType<typeof setTimeout> | undefined

  const isOver = (how = ENDED) => {
    others.postMessage(how)
    ended(how)
  }
  const connect = () => {
    source = new EventSource(`/api/orgs/${org}/me/stream`)
    source.addEventListener('ended', ({ data }: MessageEvent<string>) => isOver(howOf(data)))
    // The browser itself tries again after a lost connection; it gives up after a refusal, and only then we ask.
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) void ask(() => (retry = setTimeout(connect, RETRY_MS)))
    }
  }
  const ask = async (otherwise?: () => void) => {
    const answer = await fetch(`/api/me?org=${org}`, { cache: 'no-store' }).catch(() => null)
    if (given.signal.aborted) return
    if (answer?.status === 401) isOver()
    else otherwise?.()
  }
  const holdStream = () =>
    new Promise<void>((release) => {
      given.signal.addEventListener('abort', () => release())
      connect()
    })

  others.onmessage = ({ data }) => ended(data)
  // Locks exist on https and localhost only; elsewhere each tab has its own stream.
  if (navigator.locks) navigator.locks.request(name, { signal: given.signal }, holdStream).catch(() => undefined)
  else connect()
  return {
    ask: () => ask(),
    stop: () => {
      given.abort()
      clearTimeout(retry)
      source?.close()
      others.close()
    },
  }
}

import { requireJson } from '@/lib/auth/authorize'
import { cookieName, readCookies } from '@/lib/auth/cookies'
import { json, route } from '@/lib/auth/respond'
import { readSession } from '@/lib/auth/session'
import { hasRole } from '@/lib/directory/roles'
import { encodeEvent, type SseStream, sseResponse } from '@/lib/events/sse'
import { subscribe } from '@/lib/events/stream'
import { takeSlot } from '@/lib/events/stream-slots'
import { eventIdFromRef } from '@/lib/ids'
import { log } from '@/lib/log'

const RECHECK_MS = 5000
const RECHECK_ON_WAKE_MS = 1000

type Context = { params: Promise<{ org: string }> }

/**
 * The org's events as they are committed, for its admins: `event` (an EventView, its id as Last-Event-ID), `gap` (too
 * much was missed, load the page again), `ended` (the session may no longer watch).
 */
export async function GET(req: Request, { params }: Context): Promise<Response> {
  const { org } = await params
  return route(() => open(req, org))
}

async function open(req: Request, org: string): Promise<Response> {
  const door = await requireJson(org, 'admin')
  if ('response' in door) return door.response
  const { orgId, sessionId, userId } = door.viewer
  const release = takeSlot(orgId, sessionId)
  if (!release) return tooMany()
  const after = eventIdFromRef(req.headers.get('last-event-id') ?? new URL(req.url).searchParams.get('after') ?? '')

  return sseResponse(req.signal, (stream) => {
    const guard = watchSession(req, org, stream)
    // The greatest id sent, not the last: a late commit may bring a smaller one.
    let greatest = ''
    const unsubscribe = subscribe(orgId, {
      after: after ?? undefined,
      onEvents: (events) => {
        for (const event of events) {
          if (event.id > greatest) greatest = event.id
          stream.send({ event: 'event', data: encodeEvent(event), id: greatest })
        }
      },
      onPing: ({ endedUsers }) => guard.check(endedUsers.includes(userId) ? 0 : RECHECK_ON_WAKE_MS),
      onGap: () => stream.send({ event: 'gap', data: '{}' }),
    })
    return () => {
      guard.stop()
      unsubscribe()
      release()
    }
  })
}

/** Asks again who is watching, so that the stream of somebody who left, or is no admin any more, ends. */
function watchSession(req: Request, org: string, stream: SseStream) {
  // Kept by hand: later checks run where next/headers would give the cookies of whatever request woke us.
  const token = readCookies(req)[cookieName(org, 'session')]
  let last = Date.now()
  let asking = false
  const check = async (notWithin: number) => {
    if (asking || Date.now() - last < notWithin) return
    asking = true
    try {
      const session = await readSession(org, token, false)
      last = Date.now()
      if (session.kind === 'live' && hasRole(session.viewer.role, 'admin')) return
      const kind = session.kind === 'live' ? 'forbidden' : 'anonymous'
      stream.send({ event: 'ended', data: JSON.stringify({ kind }) })
      stream.close()
    } catch (err) {
      // The database is away: nothing can be read, so nothing is sent either. Asked again soon.
      log().warn({ err }, 'cannot check who is watching')
    } finally {
      asking = false
    }
  }
  const timer = setInterval(() => void check(0), RECHECK_MS).unref()
  return { check: (notWithin: number) => void check(notWithin), stop: () => clearInterval(timer) }
}

const tooMany = () =>
  json(
    429,
    { error: 'Too many open event streams. Close another tab of this page; a stream is free again within seconds.' },
    { 'retry-after': '5' },
  )

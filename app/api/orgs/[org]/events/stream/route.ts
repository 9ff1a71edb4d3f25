import { requireJson } from '@/lib/auth/authorize'
import { json, route } from '@/lib/auth/respond'
import { watchAdmin } from '@/lib/auth/watch-admins'
import { encodeEvent, sseResponse } from '@/lib/events/sse'
import { subscribe } from '@/lib/events/stream'
import { takeSlot } from '@/lib/events/stream-slots'
import { eventIdFromRef } from '@/lib/ids'

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
    const stopWatching = watchAdmin(orgId, {
      sessionId,
      userId,
      onRefused: (kind) => {
        stream.send({ event: 'ended', data: JSON.stringify({ kind }) })
        stream.close()
      },
    })
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
      onGap: () => stream.send({ event: 'gap', data: '{}' }),
      // The page asks anew, is told that the database is away, and says so.
      onAway: stream.close,
    })
    return () => {
      stopWatching()
      unsubscribe()
      release()
    }
  })
}

const tooMany = () =>
  json(
    429,
    { error: 'Too many open event streams. Close another tab of this page; a stream is free again within seconds.' },
    { 'retry-after': '5' },
  )

import 'server-only'
import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { sessions } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { addTiming } from '@/lib/events/record'
import { subscribeWake } from '@/lib/events/wake'
import { timeOfId } from '@/lib/ids'
import { log } from '@/lib/log'
import { once, onShutdown } from '@/lib/process'
import { type Ended, whyEnded } from './ended'

const POLL_MS = 1000

type Watcher = { sessionId: string; userId: string; onEnded: (why: Ended) => void }
type Room = { orgId: string; watchers: Set<Watcher>; asking: boolean; again: boolean; stop: () => void }

const rooms = () =>
  once('auth.watch', () => {
    const byOrg = new Map<string, Room>()
    // A lost wake-up costs a second at most: one query per org, however many tabs are open.
    const timer = setInterval(() => {
      for (const room of byOrg.values()) void look(room)
    }, POLL_MS).unref()
    onShutdown(() => clearInterval(timer))
    return byOrg
  })

/** Calls `onEnded` once when the session has been ended, by any process. Returns how to stop watching. */
export function watchSession(orgId: string, watcher: Watcher): () => void {
  const room = rooms().get(orgId) ?? openRoom(orgId)
  room.watchers.add(watcher)
  return () => leave(room, watcher)
}

function openRoom(orgId: string): Room {
  const room: Room = { orgId, watchers: new Set(), asking: false, again: false, stop: () => undefined }
  room.stop = subscribeWake(orgId, ({ endedUsers }) => {
    if (endedUsers.length > 0) void look(room)
  })
  rooms().set(orgId, room)
  return room
}

function leave(room: Room, watcher: Watcher) {
  room.watchers.delete(watcher)
  if (room.watchers.size > 0) return
  room.stop()
  if (rooms().get(room.orgId) === room) rooms().delete(room.orgId)
}

async function look(room: Room): Promise<void> {
  room.again = room.asking
  if (room.asking) return
  room.asking = true
  try {
    do {
      room.again = false
      await tellEnded(room)
    } while (room.again)
  } catch (err) {
    log().warn({ err }, 'cannot look for ended sessions, trying again')
  } finally {
    room.asking = false
  }
}

async function tellEnded(room: Room): Promise<void> {
  const { orgId, watchers } = room
  const ids = [...new Set([...watchers].map(({ sessionId }) => sessionId))]
  if (ids.length === 0) return
  const ended = await withOrg(orgId, (tx) =>
    tx
      .select({ id: sessions.id, endedAt: sessions.endedAt, eventId: sessions.endedByEvent })
      .from(sessions)
      .where(and(eq(sessions.orgId, orgId), inArray(sessions.id, ids), isNotNull(sessions.endedAt))),
  )
  for (const { id, endedAt, eventId } of ended) {
    if (!endedAt) continue
    const why = await whyEnded(orgId, endedAt, eventId)
    for (const watcher of [...watchers].filter(({ sessionId }) => sessionId === id)) {
      leave(room, watcher)
      watcher.onEnded(why)
      if (eventId) told.note(orgId, eventId)
    }
  }
}

/** The time until the last tab was told, once no more are being told. */
const told = {
  note(orgId: string, eventId: string) {
    const open = once('auth.told', () => new Map<string, { count: number; ms: number }>())
    const known = open.get(eventId)
    const ms = Date.now() - timeOfId(eventId).getTime()
    open.set(eventId, { count: (known?.count ?? 0) + 1, ms })
    if (known) return
    setTimeout(() => {
      const last = open.get(eventId)
      open.delete(eventId)
      if (last) addTiming(orgId, eventId, 'told', last.ms, last.count)
    }, 1500).unref()
  },
}

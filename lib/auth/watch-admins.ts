import 'server-only'
import { hasRole } from '@/lib/directory/roles'
import { subscribeWake } from '@/lib/events/wake'
import { log } from '@/lib/log'
import { once, onShutdown } from '@/lib/process'
import { liveSessions } from './session'

const TICK_MS = 1000
/** Without anything written: an idle session ends by the clock alone. */
const RECHECK_MS = 5000

type Watcher = { sessionId: string; userId: string; onRefused: (kind: 'forbidden' | 'anonymous') => void }
type Room = {
  orgId: string
  watchers: Set<Watcher>
  changed: boolean
  asked: number
  asking: boolean
  stop: () => void
}

const rooms = () =>
  once('auth.watchAdmins', () => {
    const byOrg = new Map<string, Room>()
    const timer = setInterval(() => {
      for (const room of byOrg.values()) {
        if (room.changed || Date.now() - room.asked >= RECHECK_MS) void look(room)
      }
    }, TICK_MS).unref()
    onShutdown(() => clearInterval(timer))
    return byOrg
  })

/**
 * Calls `onRefused` once when the session may no longer watch: `anonymous` when it is no live one, `forbidden` when its
 * person is no admin. However many watch and however much is written, an org costs one query a second; the end of a
 * session that watches is looked at when it is told. Returns how to stop watching.
 */
export function watchAdmin(orgId: string, watcher: Watcher): () => void {
  const room = rooms().get(orgId) ?? openRoom(orgId)
  room.watchers.add(watcher)
  return () => leave(room, watcher)
}

function openRoom(orgId: string): Room {
  const now = Date.now()
  const room: Room = { orgId, watchers: new Set(), changed: false, asked: now, asking: false, stop: () => undefined }
  room.stop = subscribeWake(orgId, ({ endedUsers }) => {
    room.changed = true
    if (endedUsers.length === 0) return
    if ([...room.watchers].some(({ userId }) => endedUsers.includes(userId))) void look(room)
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
  // What is told meanwhile is asked again at the next tick.
  if (room.asking) return
  room.asking = true
  room.changed = false
  room.asked = Date.now()
  const asked = [...room.watchers]
  try {
    const live = await liveSessions(room.orgId, [...new Set(asked.map(({ sessionId }) => sessionId))])
    for (const watcher of asked) {
      const role = live.get(watcher.sessionId)
      if ((role && hasRole(role, 'admin')) || !room.watchers.has(watcher)) continue
      leave(room, watcher)
      watcher.onRefused(role ? 'forbidden' : 'anonymous')
    }
  } catch (err) {
    // The database is away: nothing can be read, so nothing is sent either. Asked again soon.
    room.changed = true
    log().warn({ err }, 'cannot check who is watching')
  } finally {
    room.asking = false
  }
}

import 'server-only'
import { randomUUID } from 'node:crypto'
import { listen, notify } from '@/db/listen'
import { once, onShutdown } from '@/lib/process'
import { outside } from './outside'

const CHANNEL = 'rollcall'
/** Streams of this process are told at once; those of others may wait this long, where nobody's access ended less. */
const COALESCE_MS = 50
const COALESCE_SOON_MS = 10
/** Ended users in one message: a NOTIFY payload must stay under 8,000 bytes. */
const USERS_PER_MESSAGE = 100

/** What woke: users whose sessions have just ended, if any. */
export type WakeHint = { endedUsers: string[] }
type Wakened = (hint: WakeHint) => void

type Pending = { users: Set<string>; settings: boolean }
type Waker = {
  processId: string
  byOrg: Map<string, Set<Wakened>>
  /** Called with the org whose tokens, connection or settings may have changed. */
  onSettings: Set<(orgId: string) => void>
  pending: Map<string, Pending>
  timer: NodeJS.Timeout | undefined
  soon: boolean
}

function waker(): Waker {
  return once('events.waker', () => {
    const w: Waker = {
      processId: randomUUID(),
      byOrg: new Map(),
      onSettings: new Set(),
      pending: new Map(),
      timer: undefined,
      soon: false,
    }
    onShutdown(() => clearTimeout(w.timer))
    return w
  })
}

/**
 * Tells every stream of the org, here at once and in other processes within milliseconds, and makes them read its tokens
 * and settings anew. Call it after the commit.
 */
export function wake(orgId: string, hint?: { endedUser?: string | undefined }): void {
  const w = waker()
  for (const fn of w.onSettings) fn(orgId)
  tell(w, orgId, hint?.endedUser, true)
}

/** The same where nothing but people, groups or the log can have changed: what SCIM writes all day. */
export function wakePeople(orgId: string, endedUser?: string): void {
  tell(waker(), orgId, endedUser, false)
}

function tell(w: Waker, orgId: string, endedUser: string | undefined, settings: boolean) {
  fanOut(w, orgId, endedUser ? [endedUser] : [])
  const pending = w.pending.get(orgId) ?? { users: new Set(), settings: false }
  if (endedUser) pending.users.add(endedUser)
  pending.settings ||= settings
  w.pending.set(orgId, pending)
  const soon = settings || endedUser !== undefined
  if (w.timer && (w.soon || !soon)) return
  clearTimeout(w.timer)
  w.soon = soon
  w.timer = outside(() => setTimeout(() => send(w), soon ? COALESCE_SOON_MS : COALESCE_MS).unref())
}

/** Calls `fn` with every org whose tokens or settings may have changed, by whatever process. */
export function subscribeSettings(fn: (orgId: string) => void): void {
  const w = waker()
  hear(w)
  w.onSettings.add(fn)
}

const hear = (w: Waker) => once('events.waker.listening', () => listen(CHANNEL, (payload) => receive(w, payload)))

/** Calls `fn` whenever something was committed for the org, by any process. Returns how to stop. */
export function subscribeWake(orgId: string, fn: Wakened): () => void {
  const w = waker()
  hear(w)
  const fns = w.byOrg.get(orgId) ?? new Set()
  fns.add(fn)
  w.byOrg.set(orgId, fns)
  return () => {
    fns.delete(fn)
    if (fns.size === 0 && w.byOrg.get(orgId) === fns) w.byOrg.delete(orgId)
  }
}

function fanOut(w: Waker, orgId: string, endedUsers: string[]) {
  for (const fn of [...(w.byOrg.get(orgId) ?? [])]) outside(fn, { endedUsers })
}

function send(w: Waker) {
  w.timer = undefined
  const messages = [...w.pending].flatMap(([orgId, pending]) => messagesOf(w.processId, orgId, pending))
  w.pending.clear()
  // Lost when the database is away: streams find the events by their own poll.
  void notify(CHANNEL, ...messages).catch(() => undefined)
}

function messagesOf(processId: string, orgId: string, { users, settings }: Pending): string[] {
  const rest = { o: orgId, p: processId, ...(settings ? { s: 1 } : {}) }
  if (users.size === 0) return [JSON.stringify(rest)]
  const all = [...users]
  const chunks = Array.from({ length: Math.ceil(all.length / USERS_PER_MESSAGE) }, (_, i) =>
    all.slice(i * USERS_PER_MESSAGE, (i + 1) * USERS_PER_MESSAGE),
  )
  return chunks.map((u) => JSON.stringify({ ...rest, u }))
}

function receive(w: Waker, payload: string) {
  const message = parse(payload)
  if (!message || message.p === w.processId) return
  if (message.s) for (const fn of w.onSettings) fn(message.o)
  fanOut(w, message.o, message.u)
}

/** Anyone with the app's database role can notify, so the payload is read with care. */
function parse(payload: string): { o: string; p: string; u: string[]; s: boolean } | null {
  try {
    const raw: unknown = JSON.parse(payload)
    if (typeof raw !== 'object' || raw === null || !('o' in raw) || typeof raw.o !== 'string') return null
    const p = 'p' in raw && typeof raw.p === 'string' ? raw.p : ''
    const u = 'u' in raw && Array.isArray(raw.u) ? raw.u.filter((id) => typeof id === 'string') : []
    return { o: raw.o, p, u, s: 's' in raw }
  } catch {
    return null
  }
}

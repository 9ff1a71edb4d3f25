import 'server-only'
import { randomUUID } from 'node:crypto'
import { listen, notify } from '@/db/listen'
import { once, onShutdown } from '@/lib/process'
import { outside } from './outside'

const CHANNEL = 'rollcall'
const COALESCE_MS = 10
/** Ended users in one message: a NOTIFY payload must stay under 8,000 bytes. */
const USERS_PER_MESSAGE = 100

/** What woke: users whose sessions have just ended, if any. */
export type WakeHint = { endedUsers: string[] }
type Wakened = (hint: WakeHint) => void

type Waker = {
  processId: string
  byOrg: Map<string, Set<Wakened>>
  pending: Map<string, Set<string>>
  timer: NodeJS.Timeout | undefined
}

function waker(): Waker {
  return once('events.waker', () => {
    const w: Waker = { processId: randomUUID(), byOrg: new Map(), pending: new Map(), timer: undefined }
    onShutdown(() => clearTimeout(w.timer))
    return w
  })
}

/** Tells every stream of the org, here at once and in other processes within milliseconds. Call it after the commit. */
export function wake(orgId: string, hint?: { endedUser?: string | undefined }): void {
  const w = waker()
  fanOut(w, orgId, hint?.endedUser ? [hint.endedUser] : [])
  const users = w.pending.get(orgId) ?? new Set()
  if (hint?.endedUser) users.add(hint.endedUser)
  w.pending.set(orgId, users)
  w.timer ??= outside(() => setTimeout(() => send(w), COALESCE_MS).unref())
}

/** Calls `fn` whenever something was committed for the org, by any process. Returns how to stop. */
export function subscribeWake(orgId: string, fn: Wakened): () => void {
  const w = waker()
  once('events.waker.listening', () => listen(CHANNEL, (payload) => receive(w, payload)))
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
  const messages = [...w.pending].flatMap(([orgId, users]) => messagesOf(w.processId, orgId, [...users]))
  w.pending.clear()
  // Lost when the database is away: streams find the events by their own poll.
  void notify(CHANNEL, ...messages).catch(() => undefined)
}

function messagesOf(processId: string, orgId: string, users: string[]): string[] {
  if (users.length === 0) return [JSON.stringify({ o: orgId, p: processId })]
  const chunks = Array.from({ length: Math.ceil(users.length / USERS_PER_MESSAGE) }, (_, i) =>
    users.slice(i * USERS_PER_MESSAGE, (i + 1) * USERS_PER_MESSAGE),
  )
  return chunks.map((u) => JSON.stringify({ o: orgId, p: processId, u }))
}

function receive(w: Waker, payload: string) {
  const message = parse(payload)
  if (message && message.p !== w.processId) fanOut(w, message.o, message.u)
}

/** Anyone with the app's database role can notify, so the payload is read with care. */
function parse(payload: string): { o: string; p: string; u: string[] } | null {
  try {
    const raw: unknown = JSON.parse(payload)
    if (typeof raw !== 'object' || raw === null || !('o' in raw) || typeof raw.o !== 'string') return null
    const p = 'p' in raw && typeof raw.p === 'string' ? raw.p : ''
    const u = 'u' in raw && Array.isArray(raw.u) ? raw.u.filter((id) => typeof id === 'string') : []
    return { o: raw.o, p, u }
  } catch {
    return null
  }
}

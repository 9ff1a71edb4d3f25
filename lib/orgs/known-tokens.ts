import 'server-only'
import type { scimTokens } from '@/db/schema'
import { subscribeSettings } from '@/lib/events/wake'
import { once } from '@/lib/process'
import type { Connection } from './connections'
import type { Org } from './orgs'

/** A live token as the database had it, with its org and the state of its connection. */
export type KnownToken = {
  token: typeof scimTokens.$inferSelect
  org: Org
  mode: Connection['mode'] | null
  scimState: Connection['scimState'] | null
}

/** What a lost notification costs at most: no revocation is later than this. */
const KNOWN_MS = 1000
const MOST = 10_000

type Held = { known: KnownToken; until: number }
type Memory = {
  tokens: Map<string, Map<string, Held>>
  /** When each org was last changed, counted; `forgotten` stands for those no longer listed. */
  changes: Map<string, number>
  forgotten: number
  clock: number
}

const memory = () =>
  once('orgs.tokens', (): Memory => {
    const made: Memory = { tokens: new Map(), changes: new Map(), forgotten: 0, clock: 0 }
    subscribeSettings((orgId) => forget(made, orgId))
    return made
  })

/**
 * Tokens as they were read within the last second, so that a busy client costs one look-up a second and not one a
 * request. Whatever is committed about an org's tokens or settings is forgotten here at once, in other processes when
 * the notification arrives, and after a second where it does not.
 */
export function recall(orgId: string, id: string): KnownToken | undefined {
  const held = memory().tokens.get(orgId)?.get(id)
  return held && held.until > performance.now() ? held.known : undefined
}

/** Called before the database is asked: what is read is kept only if nothing was changed meanwhile. */
export function remembering(orgId: string, id: string): (known: KnownToken) => void {
  const m = memory()
  const until = performance.now() + KNOWN_MS
  const before = m.clock
  return (known) => {
    if ((m.changes.get(orgId) ?? m.forgotten) > before) return
    if (m.tokens.size >= MOST) m.tokens.clear()
    const mine = m.tokens.get(orgId) ?? new Map<string, Held>()
    m.tokens.set(orgId, mine)
    mine.set(id, { known, until })
  }
}

/** Tests that change rows behind the app's back call it; a process would see them within a second. */
export function forgetTokens(orgId: string): void {
  forget(memory(), orgId)
}

function forget(m: Memory, orgId: string) {
  m.tokens.delete(orgId)
  m.clock += 1
  if (m.changes.size >= MOST) {
    m.changes.clear()
    m.forgotten = m.clock
  }
  m.changes.set(orgId, m.clock)
}

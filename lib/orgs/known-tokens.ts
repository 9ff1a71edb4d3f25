import 'server-only'
import { timingSafeEqual } from 'node:crypto'
import type { FoundToken } from '@/db/find-token'
import { sha256 } from '@/lib/crypto'
import { subscribeSettings } from '@/lib/events/wake'
import { orgPrefix } from '@/lib/ids'
import { once } from '@/lib/process'
import { placeOf } from './token-format'

/** What a lost notification costs at most: no revocation is later than this. */
const KNOWN_MS = 1000
const MOST = 10_000

type Held = { known: FoundToken; digest: Buffer; until: number }
type Memory = {
  /** By what stands in front of a token for its org, then by its id. */
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
 * request. `exact`: this very text was found right, so that no HMAC is made again. Whatever is committed about an org's
 * tokens or settings is forgotten here at once, in other processes when the notification arrives, and after a second
 * where it does not.
 */
export function recall(token: string): { known: FoundToken; exact: boolean } | undefined {
  const { prefix, id } = placeOf(token)
  const held = memory().tokens.get(prefix)?.get(id)
  if (!held || held.until <= performance.now()) return undefined
  return { known: held.known, exact: timingSafeEqual(held.digest, sha256(token)) }
}

/** Called before the database is asked about a token: what is read is kept only if nothing was changed meanwhile. */
export function remembering(orgId: string, token: string): (known: FoundToken) => void {
  const m = memory()
  const until = performance.now() + KNOWN_MS
  const before = m.clock
  return (known) => {
    if ((m.changes.get(orgId) ?? m.forgotten) > before) return
    if (m.tokens.size >= MOST) m.tokens.clear()
    const { prefix, id } = placeOf(token)
    const mine = m.tokens.get(prefix) ?? new Map<string, Held>()
    m.tokens.set(prefix, mine)
    mine.set(id, { known, digest: sha256(token), until })
  }
}

/** Tests that change rows behind the app's back call it; a process would see them within a second. */
export function forgetTokens(orgId: string): void {
  forget(memory(), orgId)
}

function forget(m: Memory, orgId: string) {
  m.tokens.delete(orgPrefix(orgId))
  m.clock += 1
  if (m.changes.size >= MOST) {
    m.changes.clear()
    m.forgotten = m.clock
  }
  m.changes.set(orgId, m.clock)
}

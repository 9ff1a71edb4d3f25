import 'server-only'
import { z } from 'zod'
import { open, randomBase62, seal } from '@/lib/crypto'
import { type Cookies, cookieName, setCookie } from './cookies'
import type { Viewer } from './session'

/** How long a confirmation may take at Okta. */
const OPEN_SECONDS = 10 * 60

const schema = z.object({
  state: z.string().min(1),
  nonce: z.string().min(1),
  verifier: z.string().min(43),
  sessionId: z.string(),
  userId: z.string(),
  /** The page to come back to. */
  to: z.string(),
  startedAt: z.number(),
})

/** One confirmation under way, kept in this browser only, sealed. */
export type Transaction = z.infer<typeof schema>

/** Whose confirmation a sealed cookie is: neither another org's cookie nor another secret of ours opens here. */
const place = (slug: string) => `step-up|${slug}`

/** A new confirmation for this session of this person. */
export const newTransaction = ({ sessionId, userId }: Viewer, to: string): Transaction => ({
  state: randomBase62(43),
  nonce: randomBase62(43),
  verifier: randomBase62(64),
  sessionId,
  userId,
  to,
  startedAt: Date.now(),
})

export const keepTransaction = (slug: string, transaction: Transaction): string =>
  setCookie(slug, 'step-up', seal(JSON.stringify(transaction), place(slug)), OPEN_SECONDS)

export const dropTransaction = (slug: string): string => setCookie(slug, 'step-up', '', 0)

/** The confirmation this answer belongs to; null when it was begun elsewhere, by another session, or too long ago. */
export function transactionOf(viewer: Viewer, cookies: Cookies, state: string | null): Transaction | null {
  const kept = read(viewer.orgSlug, cookies[cookieName(viewer.orgSlug, 'step-up')])
  if (!kept || kept.state !== state) return null
  if (kept.sessionId !== viewer.sessionId || kept.userId !== viewer.userId) return null
  return Date.now() - kept.startedAt < OPEN_SECONDS * 1000 ? kept : null
}

function read(slug: string, sealed: string | undefined): Transaction | null {
  if (!sealed) return null
  try {
    return schema.parse(JSON.parse(open(sealed, place(slug))))
  } catch {
    return null
  }
}

import 'server-only'
import { streamLimit } from '@/lib/limits'
import { once } from '@/lib/process'

const slots = () => once('events.slots', () => new Map<string, number>())

/** Takes one of a session's (5) and its org's (50) streams in this process; null when none is left. Returns how to give it back. */
export function takeSlot(orgId: string, sessionId: string): (() => void) | null {
  const counts = slots()
  const keys = [
    [`org ${orgId}`, streamLimit('org')],
    [`session ${orgId} ${sessionId}`, streamLimit('session')],
  ] as const
  if (keys.some(([key, most]) => (counts.get(key) ?? 0) >= most)) return null
  for (const [key] of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  let held = true
  return () => {
    if (!held) return
    held = false
    for (const [key] of keys) {
      const left = (counts.get(key) ?? 1) - 1
      if (left > 0) counts.set(key, left)
      else counts.delete(key)
    }
  }
}

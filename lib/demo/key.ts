import 'server-only'
import { timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/env'

/** The cookie of a visitor who showed the key; the stand-in, on the same host, reads it too (e2e/okta/key.ts). */
export const DEMO_KEY_COOKIE = 'rollcall_demo_key'

/** Whether `given` is the demo's key. A demo without `--host` has none and asks for none. */
export function isDemoKey(given: string | null | undefined): boolean {
  const key = env().ROLLCALL_DEMO_KEY
  if (!key) return true
  const [ours, theirs] = [Buffer.from(key), Buffer.from(given ?? '')]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}

/** What this server's own requests to the stand-in carry; empty where there is no key. */
export function demoKeyCookie(): string {
  const key = env().ROLLCALL_DEMO_KEY
  return key ? `${DEMO_KEY_COOKIE}=${key}` : ''
}

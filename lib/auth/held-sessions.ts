import 'server-only'
import { cookies } from 'next/headers'
import type { Role } from '@/db/types'
import { cookieJar } from './cookies'
import { sessionsOf } from './me'
import { orUnavailable } from './respond'

/** An org this browser is signed in to, and as whom. */
export type HeldSession = { slug: string; name: string; role: Role; displayName: string }

/** The live sessions of this browser, each read and judged in its own org and not kept alive by that; what the org switcher shows. */
export async function heldSessions(): Promise<HeldSession[]> {
  const jar = cookieJar((await cookies()).getAll())
  const viewers = await orUnavailable(() => sessionsOf(jar, null, false))
  return viewers
    .map((v) => ({ slug: v.orgSlug, name: v.orgName, role: v.role, displayName: v.displayName }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

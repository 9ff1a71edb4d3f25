import type { NextRequest } from 'next/server'
import { readCookies } from '@/lib/auth/cookies'
import { meView, sessionsOf } from '@/lib/auth/me'
import { json, route } from '@/lib/auth/respond'

/** Who I am at `?org=…`; without it the one session this browser holds, or a list when it holds several. */
export async function GET(req: NextRequest): Promise<Response> {
  return route(async () => {
    const viewers = await sessionsOf(readCookies(req), req.nextUrl.searchParams.get('org'))
    const [only, ...others] = viewers.map(meView)
    if (!only) return json(401, { error: 'You are not signed in.' })
    return json(200, others.length > 0 ? [only, ...others] : only)
  })
}

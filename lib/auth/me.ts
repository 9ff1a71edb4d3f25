import 'server-only'
import { type Cookies, cookieName, sessionSlugs } from './cookies'
import { readSession, type Viewer } from './session'
import { isSlug } from './slug'

const MAX_ORGS = 20

/** Who this browser is at each org it holds a live session of, or only at `slug`. `touch` as readSession has it. */
export async function sessionsOf(cookies: Cookies, slug?: string | null, touch = true): Promise<Viewer[]> {
  const slugs = (slug ? [slug] : sessionSlugs(cookies)).filter(isSlug).slice(0, MAX_ORGS)
  const states = await Promise.all(slugs.map((each) => readSession(each, cookies[cookieName(each, 'session')], touch)))
  return states.flatMap((state) => (state.kind === 'live' ? [state.viewer] : []))
}

/** A viewer as `/api/me` tells it. */
export const meView = (v: Viewer) => ({
  org: v.orgSlug,
  orgName: v.orgName,
  userId: v.userId,
  userName: v.userName,
  displayName: v.displayName,
  email: v.email,
  role: v.role,
  sessionKind: v.sessionKind,
})

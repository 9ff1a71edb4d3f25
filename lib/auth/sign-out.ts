import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { sessions } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { open } from '@/lib/crypto'
import { prepareEvent } from '@/lib/events/event'
import { recordPreparedIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'
import { log } from '@/lib/log'
import { getConnection } from '@/lib/orgs/connections'
import { cookieName, readCookies, setCookie } from './cookies'
import { sessionSecretPlace } from './create-session'
import { signOutUrl } from './okta'
import { ownUrl } from './origin'
import { ipOf } from './request'
import { seeOther } from './respond'
import { readSession, type Viewer } from './session'

/** Ends this browser's session at the org, then Okta's own, and comes back to the org's sign-in page. */
export async function signOut(req: Request, slug: string): Promise<Response> {
  const state = await readSession(slug, readCookies(req)[cookieName(slug, 'session')])
  const gone = [setCookie(slug, 'session', '', 0), setCookie(slug, 'denied', '', 0)]
  const back = ownUrl(`/sign-in/${slug}`)
  if (state.kind !== 'live') return seeOther(back, gone)
  const { viewer } = state
  const idToken = await endOwnSession(viewer, ipOf(req))
  const connection = idToken ? await getConnection(viewer.orgId) : null
  const url = idToken && connection ? signOutUrl(connection, idToken, back) : ''
  return seeOther(url || back, gone)
}

/** Ends the session with its `signout` event in one commit; returns the ID token kept with it, if it can be read. */
async function endOwnSession(viewer: Viewer, ip: string | undefined): Promise<string | null> {
  const { orgId, userId, displayName: name, sessionId } = viewer
  const sealed = await withOrg(orgId, async (tx) => {
    const { id: eventId, ...event } = prepareEvent({
      type: 'signout',
      outcome: 'success',
      actor: { kind: 'user', id: userId, name },
      target: { kind: 'user', id: userId, name },
      effects: { sessionsEnded: 1 },
      ip,
    })
    const [ended] = await tx
      .update(sessions)
      .set({ endedAt: new Date(), endedByEvent: eventId })
      .where(and(eq(sessions.orgId, orgId), eq(sessions.id, sessionId), isNull(sessions.endedAt)))
      .returning({ idToken: sessions.idToken })
    // Ended by somebody else in the meantime: that event tells it.
    if (ended) await recordPreparedIn(tx, orgId, event)
    return ended?.idToken ?? null
  })
  wake(orgId, { endedUser: userId })
  return sealed ? opened(orgId, sealed) : null
}

/** A key that is gone must not keep anyone from signing out. */
function opened(orgId: string, sealed: string): string | null {
  try {
    return open(sealed, sessionSecretPlace(orgId))
  } catch (err) {
    log().error({ err }, 'an ID token cannot be opened; Okta keeps its own session')
    return null
  }
}

import type { Actor } from '@/lib/events/event'
import type { Viewer } from './session'

/** The person at the keyboard, as events name them. */
export const actorOf = ({ userId, displayName }: Pick<Viewer, 'userId' | 'displayName'>): Actor => ({
  kind: 'user',
  id: userId,
  name: displayName,
})

/** Who does it, and at which company: what every use case of an admin page asks for. */
export const contextOf = (viewer: Viewer) => ({
  org: { orgId: viewer.orgId, name: viewer.orgName },
  actor: actorOf(viewer),
})

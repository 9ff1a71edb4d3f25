import type { Actor } from '@/lib/events/event'
import type { SetupContext } from '@/lib/orgs/setup-work'
import type { SetupDoor } from './authorize'
import type { Viewer } from './session'

/** The person at the keyboard, as events name them. */
export const actorOf = ({ userId, displayName }: Pick<Viewer, 'userId' | 'displayName'>): Actor => ({
  kind: 'user',
  id: userId,
  name: displayName,
})

/** The same of the setup pages: what a guest does is told with who made the link. */
export const contextOfSetup = (door: SetupDoor): SetupContext => {
  if (door.kind === 'admin') return { ...contextOf(door.viewer), guest: false }
  const { orgId, orgName, madeBy } = door.guest
  const actor: Actor = { kind: 'user', id: madeBy.id, name: `Setup link of ${madeBy.name}` }
  return { org: { orgId, name: orgName }, actor, guest: true }
}

/** Who does it, and at which company: what every use case of an admin page asks for. */
export const contextOf = (viewer: Viewer) => ({
  org: { orgId: viewer.orgId, name: viewer.orgName },
  actor: actorOf(viewer),
})

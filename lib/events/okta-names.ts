import type { EventType } from './types'

/** What an Okta admin finds in Okta's System Log for the operation that made our event; types not here have none. */
const NAMES: Partial<Record<EventType, string>> = {
  'user.created': 'application.provision.user.push',
  'user.updated': 'application.provision.user.push_profile',
  'user.role_changed': 'application.provision.user.push_profile',
  'user.relinked': 'application.provision.user.push_profile',
  'user.deactivated': 'application.provision.user.deactivate',
  'user.deleted': 'application.provision.user.deactivate',
  'user.reactivated': 'application.provision.user.reactivate',
  'user.looked_up': 'application.provision.user.verify_exists',
  'session.revoked': 'user.authentication.universal_logout',
  'group.created': 'application.provision.group.add',
  'group.updated': 'application.provision.group.update',
  'group.deleted': 'application.provision.group.remove',
  'group.members_changed': 'application.provision.group_push.push_memberships',
}

/** Sign-in happens at Okta whoever asks, so these hold for every actor. */
const SIGN_IN: Partial<Record<EventType, string>> = {
  'signin.succeeded': 'user.authentication.sso',
  'signin.refused': 'user.authentication.sso',
}

/** The System Log name of an event, or null. Provisioning names only when Okta did it. */
export function oktaNameOf(type: EventType, actorKind: string): string | null {
  return SIGN_IN[type] ?? (actorKind === 'okta' ? (NAMES[type] ?? null) : null)
}

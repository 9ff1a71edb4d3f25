/** Every kind of event. Client-safe: no imports from the server. */
export const EVENT_TYPES = [
  'user.created',
  'user.updated',
  'user.deactivated',
  'user.reactivated',
  'user.deleted',
  'user.relinked',
  'user.role_changed',
  'user.looked_up',
  'user.listed',
  'user.read',
  'user.not_found',
  'group.created',
  'group.updated',
  'group.members_changed',
  'group.deleted',
  'group.read',
  'group.listed',
  'discovery.read',
  'request.rejected',
  'token.created',
  'token.rotated',
  'token.revoked',
  'token.refused',
  'access.blocked',
  'access.recovered',
  'access.stepped_up',
  'access.exported',
  'signin.succeeded',
  'signin.refused',
  'signout',
  'session.ended',
  'session.revoked',
  'org.created',
  'org.changed',
  'connection.changed',
  'connection.tested',
  'readiness.checked',
  'domain.changed',
  'role_mapping.changed',
  'entitlement.changed',
  'provisioning.braked',
  'provisioning.released',
  'setup.link_created',
  'setup.link_ended',
  'setup.opened',
] as const

export type EventType = (typeof EVENT_TYPES)[number]

/**
 * Reads, hidden in lists unless asked for. `user.looked_up` is a filter, found or not (not found: no target id);
 * `user.not_found` is an id that does not exist here, by any verb, and always shows.
 */
export const READ_TYPES = [
  'user.looked_up',
  'user.listed',
  'user.read',
  'group.read',
  'group.listed',
  'discovery.read',
] as const satisfies readonly EventType[]

const reads: ReadonlySet<string> = new Set(READ_TYPES)

export const isReadType = (type: string): boolean => reads.has(type)

export type Outcome = 'success' | 'failed' | 'skipped' | 'blocked'
export const OUTCOMES = ['success', 'failed', 'skipped', 'blocked'] as const satisfies readonly Outcome[]

export type TargetKind = 'user' | 'group' | 'token' | 'session' | 'connection' | 'org' | 'task' | 'domain'
export type ActorKind = 'okta' | 'user' | 'system' | 'demo' | 'anonymous'

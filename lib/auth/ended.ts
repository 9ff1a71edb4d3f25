import 'server-only'
import { getEvent, listEvents } from '@/lib/events/query'
import type { EventView } from '@/lib/events/view'
import { isId } from '@/lib/ids'

/**
 * Why a session is over, in the words of the person it belonged to. `replaced`: by a newer sign-in, as in another tab.
 */
export type Ended = { by: string; at: string; reason: string; ref: string | null; replaced?: true }

const SENTENCES: Partial<Record<EventView['type'], (by: string) => string>> = {
  'user.deactivated': (by) => `${by} deactivated your account`,
  'user.deleted': (by) => `${by} removed your account`,
  'user.relinked': (by) => `${by} gave your account a new Okta identity`,
  'session.ended': (by) => `${by} ended your session`,
  'session.revoked': (by) => `${by} signed you out everywhere`,
  signout: () => 'You signed out',
  'signin.succeeded': () => 'You signed in again, which replaced this session',
  'access.recovered': () => 'A recovery link replaced this session',
}

/** The story of an ended session, from the event that ended it. */
export async function whyEnded(orgId: string, endedAt: Date, eventId: string | null): Promise<Ended> {
  const event = eventId && isId(eventId) ? await getEvent(orgId, eventId) : null
  const at = endedAt.toISOString()
  return event ? tell(event, at) : { by: 'Rollcall', at, reason: 'Your session was ended', ref: null }
}

/** The last event by which this person lost access, or null. */
export async function whyDeactivated(orgId: string, userId: string): Promise<Ended | null> {
  const types = ['user.deactivated', 'user.deleted']
  const { events } = await listEvents(orgId, { types, outcome: 'success', targetId: userId, limit: 1 })
  const [event] = events
  return event ? tell(event, event.at) : null
}

function tell(event: EventView, at: string): Ended {
  if (event.type === 'session.ended' && event.actorId === event.targetId) {
    return { by: event.actorName, at, reason: 'You ended this session', ref: event.ref }
  }
  const sentence = SENTENCES[event.type]?.(event.actorName) ?? `${event.actorName} ended your session`
  const replaced = event.type === 'signin.succeeded' || event.type === 'access.recovered'
  return { by: event.actorName, at, reason: sentence, ref: event.ref, ...(replaced ? { replaced } : {}) }
}

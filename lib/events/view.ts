import type { EventDiff, EventEffects, EventError, EventTrace } from '@/db/types'
import type { ActorKind, EventType, Outcome, TargetKind } from './types'

/** One event as pages, streams and the JSON API see it. Type only, safe for the browser. */
export type EventView = {
  id: string
  /** `evt_…`, how people and SCIM errors name it. */
  ref: string
  /** ISO 8601, UTC. */
  at: string
  type: EventType
  outcome: Outcome
  actorKind: ActorKind
  actorId: string | null
  actorName: string
  targetKind: TargetKind | null
  targetId: string | null
  targetName: string | null
  method: string | null
  path: string | null
  status: number | null
  diff: EventDiff[] | null
  effects: EventEffects | null
  trace: EventTrace[] | null
  error: EventError | null
  /** What Okta's System Log calls the operation. */
  oktaEvent: string | null
  requestId: string | null
  ip: string | null
  /** How many requests this row stands for. */
  count: number
  /** A look-up: lists hide it unless asked. */
  read: boolean
}

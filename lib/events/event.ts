import 'server-only'
import type { PreparedEvent } from '@/db/functions'
import type { EventDiff, EventEffects, EventError, EventTrace } from '@/db/types'
import { newId, timeOfId } from '@/lib/ids'
import { oktaNameOf } from './okta-names'
import { redact, redactDiff, redactPath, storable } from './redact'
import type { ActorKind, EventType, Outcome, TargetKind } from './types'

export type { PreparedEvent } from '@/db/functions'
export type { EventType } from './types'

export type Actor =
  | { kind: 'okta'; tokenId: string }
  | { kind: 'user'; id: string; name: string }
  | { kind: 'system' }
  | { kind: 'demo' }
  | { kind: 'anonymous' }

export type EventDraft = {
  type: EventType
  outcome: Outcome
  actor: Actor
  target?: { kind: TargetKind; id: string | null; name: string | null } | undefined
  method?: string | undefined
  path?: string | undefined
  status?: number | undefined
  diff?: EventDiff[] | undefined
  effects?: EventEffects | undefined
  trace?: EventTrace[] | undefined
  error?: EventError | undefined
  requestId?: string | undefined
  ip?: string | undefined
  count?: number | undefined
  request?: unknown
  response?: unknown
}

const NAMES = { okta: 'Okta', system: 'Rollcall', demo: 'The demo', anonymous: 'Someone' } as const

function actorColumns(actor: Actor): { actor_kind: ActorKind; actor_id: string | null; actor_name: string } {
  if (actor.kind === 'user') return { actor_kind: 'user', actor_id: actor.id, actor_name: text(actor.name, 300) ?? '' }
  const id = actor.kind === 'okta' ? text(actor.tokenId, 100) : null
  return { actor_kind: actor.kind, actor_id: id, actor_name: NAMES[actor.kind] }
}

/** Text a column can hold: storable, and cut where somebody sends a book. */
function text(value: string | null | undefined, max: number): string | null {
  if (value === null || value === undefined) return null
  const safe = storable(value)
  return safe.length > max ? `${storable(safe.slice(0, max))}…` : safe
}

/**
 * The row of an event, ready for record_events or save_user: its id is made right now (streams rely on it being fresh),
 * secrets are gone, and every text is one Postgres can store. `id` is repeated outside for the caller.
 */
export function prepareEvent(draft: EventDraft): PreparedEvent & { id: string } {
  const id = newId()
  const row = {
    id,
    at: timeOfId(id).toISOString(),
    type: draft.type,
    outcome: draft.outcome,
    ...actorColumns(draft.actor),
    target_kind: draft.target?.kind ?? null,
    target_id: text(draft.target?.id, 300),
    target_name: text(draft.target?.name, 300),
    method: text(draft.method, 20),
    path: redactPath(draft.path),
    status: draft.status ?? null,
    diff: redactDiff(draft.diff),
    effects: redact(draft.effects),
    trace: redact(draft.trace),
    error: redact(draft.error),
    okta_event: oktaNameOf(draft.type, draft.actor.kind),
    request_id: text(draft.requestId, 200),
    ip: text(draft.ip, 100),
    count: draft.count ?? 1,
  }
  return { id, event: row, request: redact(draft.request), response: redact(draft.response) }
}

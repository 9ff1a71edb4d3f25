import { randomUUID } from 'node:crypto'
import { columnsOf, diffRows, nextRow, type UserState } from '@/lib/directory/user-state'
import { prepareEvent } from '@/lib/events/event'
import { newId } from '@/lib/ids'
import type { Org } from '@/lib/orgs/orgs'
import { parseUser, type UserAttributes } from '@/lib/scim/user'
import { person } from './requests'

/** The parameters of save_user as the app sends them, each a text in which a few marks are replaced per request. */
export type Template = { version: number; next: string; check: string; event: string; diff: string }

export const MARK = { id: randomUUID(), event: newId(), name: 'mark.bench@bench.example' } as const

const facts = { method: 'POST', path: '/scim/v2/bench/Users', requestId: newId(), ip: '127.0.0.1' }
const trace = ['credential', 'org', 'match', 'write'].map((step) => ({
  step,
  outcome: 'ok' as const,
  text: 'A sentence of about the length that the trace of a write has at each of its steps',
  ms: 0.4,
}))

function stateOf(attributes: UserAttributes): UserState {
  return { attributes, source: 'okta', manualRole: null, deleted: false, held: false }
}

/** What the app sends for one new person. */
export function createTemplate(org: Org): Template {
  const body = person(MARK.name)
  const next = nextRow(MARK.id, stateOf(parseUser(body, { mode: 'okta' })), org, [], null, new Date())
  return template(org, 0, next, diffRows(null, next), { type: 'user.created', request: body, status: 201 })
}

/** What the app sends for one person who leaves. */
export function leaveTemplate(org: Org): Template {
  const attributes = parseUser(person(MARK.name), { mode: 'okta' })
  const before = nextRow(MARK.id, stateOf(attributes), org, [], null, new Date())
  const next = nextRow(MARK.id, stateOf({ ...attributes, active: false }), org, [], before, new Date())
  const request = { Operations: [{ op: 'replace', value: { active: false } }] }
  return template(org, 1, next, diffRows(before, next), { type: 'user.deactivated', request, status: 200 })
}

type About = { type: 'user.created' | 'user.deactivated'; request: unknown; status: number }

function template(
  org: Org,
  version: number,
  next: ReturnType<typeof nextRow>,
  diff: ReturnType<typeof diffRows>,
  { type, request, status }: About,
): Template {
  const { id, ...event } = prepareEvent({
    ...facts,
    type,
    outcome: 'success',
    actor: { kind: 'okta', tokenId: 'benchbench' },
    target: { kind: 'user', id: MARK.id, name: next.displayName },
    status,
    diff,
    trace,
    request,
    response: { ...person(MARK.name), id: MARK.id, meta: { resourceType: 'User', version: 'W/"1"' } },
  })
  const rules = { scimRoles: org.scimRoles, defaultRole: org.defaultRole }
  return {
    version,
    next: JSON.stringify(columnsOf(next)),
    check: JSON.stringify({ rules, lastOwner: null }),
    event: JSON.stringify(event).replaceAll(id, MARK.event),
    diff: JSON.stringify(diff),
  }
}

/** The text with this request's own person and event. */
export const filled = (text: string, own: { id: string; event: string; name: string }): string =>
  text
    .replaceAll(MARK.id, own.id)
    .replaceAll(MARK.event, own.event)
    .replaceAll(MARK.name, own.name)
    .replaceAll(MARK.name.slice(0, 24), own.name.slice(0, 24))

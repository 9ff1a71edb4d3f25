import { getTableColumns } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '@/db/schema-events'
import { isId, timeOfId } from '@/lib/ids'
import { type EventDraft, prepareEvent } from './event'

const draft: EventDraft = { type: 'user.deactivated', outcome: 'success', actor: { kind: 'okta', tokenId: 'tok' } }

describe('prepareEvent', () => {
  it('has every column of the table but org_id, so that none is filled with an unmeant null', () => {
    const columns = Object.values(getTableColumns(events)).map((column) => column.name)
    expect(Object.keys(prepareEvent(draft).event).sort()).toEqual(columns.filter((name) => name !== 'org_id').sort())
  })

  it('makes its id right now, and its time from the id', () => {
    const before = Date.now()
    const { id, event } = prepareEvent(draft)
    expect(isId(id)).toBe(true)
    expect(event.id).toBe(id)
    expect(event.at).toBe(timeOfId(id).toISOString())
    expect(timeOfId(id).getTime()).toBeGreaterThanOrEqual(before)
    expect(prepareEvent(draft).id > id).toBe(true)
  })

  it.each<[EventDraft['actor'], EventDraft['type'], Record<string, unknown>]>([
    [
      { kind: 'okta', tokenId: 'tok' },
      'user.deactivated',
      { actor_kind: 'okta', actor_id: 'tok', actor_name: 'Okta', okta_event: 'application.provision.user.deactivate' },
    ],
    [
      { kind: 'user', id: 'u1', name: 'Ann Smith' },
      'user.deactivated',
      { actor_kind: 'user', actor_id: 'u1', actor_name: 'Ann Smith', okta_event: null },
    ],
    [
      { kind: 'system' },
      'user.deleted',
      { actor_kind: 'system', actor_id: null, actor_name: 'Rollcall', okta_event: null },
    ],
    [{ kind: 'demo' }, 'user.created', { actor_kind: 'demo', actor_id: null, okta_event: null }],
    [{ kind: 'anonymous' }, 'signin.refused', { actor_kind: 'anonymous', okta_event: 'user.authentication.sso' }],
  ])('actor %j of %s', (actor, type, expected) => {
    expect(prepareEvent({ ...draft, actor, type }).event).toMatchObject(expected)
  })

  it('cuts texts that somebody made long, at no half character', () => {
    const { event } = prepareEvent({ ...draft, target: { kind: 'user', id: 'x', name: `${'x'.repeat(299)}\u{1f600}` } })
    expect(String(event.target_name)).toHaveLength(306)
    expect(String(event.target_name)).toMatch(/x\\ud83d…$/)
  })
})

import { describe, expect, it } from 'vitest'
import { oktaNameOf } from '@/lib/events/okta-names'
import type { EventType } from '@/lib/events/types'
import type { Exchange } from './okta/model'
import { systemLogName } from './okta/system-log'

const PATCH = (...Operations: unknown[]) => ({ Operations })
const active = (value: boolean) => PATCH({ op: 'replace', value: { active: value } })

const CASES: [event: EventType, action: Exchange['action'], method: string, path: string, body?: unknown][] = [
  ['user.looked_up', 'assign', 'GET', '/Users?filter=userName%20eq%20%22a%22'],
  ['user.created', 'assign', 'POST', '/Users', {}],
  ['user.updated', 'update', 'PUT', '/Users/1', { active: true }],
  ['user.role_changed', 'update', 'PATCH', '/Users/1', PATCH({ op: 'Replace', path: 'title', value: 'x' })],
  ['user.deactivated', 'deactivate', 'PATCH', '/Users/1', active(false)],
  ['user.deactivated', 'deactivate', 'PUT', '/Users/1', { active: false }],
  ['user.deactivated', 'unassign', 'PATCH', '/Users/1', PATCH({ op: 'Replace', path: 'active', value: 'False' })],
  ['user.deleted', 'delete', 'DELETE', '/Users/1'],
  ['user.reactivated', 'activate', 'PATCH', '/Users/1', active(true)],
  ['session.revoked', 'clear-sessions', 'POST', '/global-token-revocation'],
  ['group.created', 'push-group', 'POST', '/Groups', {}],
  ['group.updated', 'update-group', 'PATCH', '/Groups/1', PATCH({ op: 'replace', value: { displayName: 'x' } })],
  ['group.members_changed', 'update-group', 'PATCH', '/Groups/1', PATCH({ op: 'add', path: 'members', value: [] })],
  ['group.members_changed', 'update-group', 'PUT', '/Groups/1', { members: [] }],
  ['group.deleted', 'unlink-group', 'DELETE', '/Groups/1'],
]

describe('the stand-in’s System Log has the names Rollcall shows', () => {
  it.each(CASES)('%s by %s, %s %s', (event, action, method, path, requestBody) => {
    const sent = { id: '', at: '', requestHeaders: {}, responseHeaders: {}, status: 200, ms: 0 }
    const exchange: Exchange = { ...sent, action, method, url: `http://localhost${path}`, requestBody }
    expect(systemLogName(exchange)).toBe(oktaNameOf(event, 'okta'))
  })
})

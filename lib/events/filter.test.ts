import { describe, expect, it } from 'vitest'
import { parseFilter } from './filter'

const id = '0198c0de-0000-7000-8000-000000000001'

describe('the address of a filtered log', () => {
  it.each([
    ['', { reads: false }],
    ['type=user.created&type=user.deleted,token.*', { types: ['user.created', 'user.deleted', 'token.*'] }],
    ['outcome=failed&target=x&reads=1&limit=20', { outcome: 'failed', targetId: 'x', reads: true, limit: 20 }],
    [`before=evt_${id.replaceAll('-', '')}&after=${id}`, { before: id, after: id }],
    ['since=2026-01-31T12:00:00%2B01:00', { since: new Date('2026-01-31T11:00:00Z') }],
    ['outcome=&type=', { reads: false }],
  ])('%s', (query, expected) => {
    expect(parseFilter(new URLSearchParams(query))).toMatchObject({ filter: expected })
  })

  it.each([
    ['type=user.exploded', 'type must be an event type such as user.created, or a prefix such as user.*.'],
    ['outcome=maybe', 'outcome must be one of success, failed, skipped, blocked.'],
    ['before=1', 'before must be an event id (evt_…).'],
    ['since=yesterday', 'since must be a time such as 2026-01-31T12:00:00Z.'],
    ['limit=none', 'limit must be a number.'],
    ['offset=3', 'Unknown parameter: offset.'],
  ])('%s is refused in words', (query, expected) => {
    expect(parseFilter(new URLSearchParams(query))).toEqual({ error: expected })
  })

  it.each(['limit=0', 'limit=9999', 'limit=1.5'])('%s is refused', (query) => {
    expect(parseFilter(new URLSearchParams(query))).toHaveProperty('error', expect.stringMatching(/^limit /))
  })
})

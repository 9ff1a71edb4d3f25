import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { userHistory } from '@/db/schema-events'
import { withOrg } from '@/db/tenant'
import { makeTestOrg } from '@/db/test-orgs'
import { eventRef, newId } from '@/lib/ids'
import { type EventDraft, prepareEvent } from './event'
import { listHistory } from './history'
import { floorId } from './id-range'
import { type EventFilter, getEvent, listEvents } from './query'

const START = Date.UTC(2026, 5, 1, 12)
const at = (minute: number) => `${floorId(START + minute * 60_000).slice(0, 14)}7000-8000-000000000001`
const john = newId()

const rows: [minute: number, draft: Partial<EventDraft>][] = [
  [0, { type: 'user.looked_up' }],
  [1, { type: 'user.created', target: { kind: 'user', id: john, name: 'John Doe' } }],
  [2, { type: 'user.updated', outcome: 'skipped', target: { kind: 'user', id: john, name: 'John Doe' } }],
  [3, { type: 'user.listed' }],
  [4, { type: 'user.updated', outcome: 'failed' }],
  [5, { type: 'token.rotated' }],
  [6, { type: 'user.read', target: { kind: 'user', id: john, name: 'John Doe' } }],
  [7, { type: 'user.deactivated', target: { kind: 'user', id: john, name: 'John Doe' } }],
]

let porter = ''
let rabbit = ''

beforeAll(async () => {
  porter = (await makeTestOrg()).orgId
  rabbit = (await makeTestOrg('White Rabbit')).orgId
  const actor = { kind: 'okta', tokenId: 't' } as const
  const prepared = rows.map(([minute, draft]) => {
    const { event } = prepareEvent({ type: 'user.created', outcome: 'success', actor, ...draft })
    return { event: { ...event, id: at(minute) }, request: { minute }, response: null }
  })
  await withOrg(porter, (tx) =>
    tx.execute(sql`select record_events(${porter}::uuid, ${JSON.stringify(prepared)}::text::jsonb)`),
  )
})

const minute = (n: number) => new Date(START + n * 60_000)

describe('filters', () => {
  it.each<[string, EventFilter, number[]]>([
    ['no look-ups by default', {}, [7, 5, 4, 2, 1]],
    ['look-ups when asked for', { reads: true }, [7, 6, 5, 4, 3, 2, 1, 0]],
    ['one type', { types: ['user.updated'] }, [4, 2]],
    ['a prefix shows what it names, look-ups too', { types: ['user.*'] }, [7, 6, 4, 3, 2, 1, 0]],
    ['types and prefixes', { types: ['token.*', 'user.created'] }, [5, 1]],
    ['an unknown prefix names nothing', { types: ['nothing.*'] }, []],
    ['outcome', { outcome: 'failed' }, [4]],
    ['target', { targetId: john }, [7, 2, 1]],
    ['target with look-ups', { targetId: john, reads: true }, [7, 6, 2, 1]],
    ['time range', { since: minute(2), until: minute(5) }, [4, 2]],
    ['before', { before: at(4), reads: true }, [3, 2, 1, 0]],
    ['after: the nearest, newest first', { after: at(1), limit: 2 }, [4, 2]],
    ['limit', { limit: 2 }, [7, 5]],
  ])('%s', async (_, filter, expected) => {
    const { events } = await listEvents(porter, filter)
    expect(events.map((event) => event.id)).toEqual(expected.map(at))
  })

  it.each<EventFilter>([{}, { reads: true }, { types: ['user.*'] }, { targetId: john }])(
    'another org finds nothing with %j',
    async (filter) => expect(await listEvents(rabbit, filter)).toEqual({ events: [] }),
  )

  it('pages meet without overlap or hole', async () => {
    const seen: string[] = []
    for (let before: string | undefined, turns = 0; turns < 10; turns++) {
      const { events, next } = await listEvents(porter, { reads: true, limit: 3, before })
      seen.push(...events.map((event) => event.id))
      before = next
      if (!next) break
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1, 0].map(at))
  })
})

describe('one event', () => {
  it('comes by id or by its name, payloads with it', async () => {
    expect(await getEvent(porter, at(1))).toMatchObject({
      ref: eventRef(at(1)),
      request: { minute: 1 },
      response: null,
    })
    expect((await getEvent(porter, eventRef(at(1))))?.id).toBe(at(1))
  })

  it.each(['evt_x', '', "'; drop table events", newId()])('%s is null', async (id) => {
    expect(await getEvent(porter, id)).toBeNull()
  })

  it('of another org is null', async () => expect(await getEvent(rabbit, at(1))).toBeNull())
})

describe('a person’s history', () => {
  it('is theirs, newest first, and no other org’s', async () => {
    const diff = [{ path: 'title', after: 'Lead' }]
    const rows = [1, 2, 7].map((n) => ({ orgId: porter, userId: john, eventId: at(n), at: minute(n), diff }))
    await withOrg(porter, (tx) => tx.insert(userHistory).values(rows))
    expect((await listHistory(porter, john, 2)).map((entry) => entry.eventId)).toEqual([at(7), at(2)])
    expect((await listHistory(porter, john))[0]).toEqual({
      eventId: at(7),
      ref: eventRef(at(7)),
      at: minute(7).toISOString(),
      diff,
    })
    expect(await listHistory(rabbit, john)).toEqual([])
    expect(await listHistory(porter, 'not an id')).toEqual([])
  })
})

describe('indexes', () => {
  it.each([
    ['newest', sql`true`],
    ['by type', sql`type = 'user.created'`],
    ['by target', sql`target_id = ${john}`],
  ])('%s needs no sort over the org', async (_, condition) => {
    const plan = await withOrg(porter, async (tx) => {
      // The test's tables are too small to be worth an index; this asks only whether one could serve.
      for (const way of ['seqscan', 'bitmapscan', 'sort']) await tx.execute(sql.raw(`set local enable_${way} = off`))
      return tx.execute(
        sql`explain select * from events where org_id = ${porter} and ${condition} order by id desc limit 50`,
      )
    })
    const text = plan.map((row) => Object.values(row)[0]).join('\n')
    expect(text).toContain('Index Scan')
    expect(text).not.toMatch(/ Sort {2}/)
  })
})

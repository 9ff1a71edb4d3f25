import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { withOrg } from '@/db/tenant'
import { makeTestOrg } from '@/db/test-orgs'
import { eventRef } from '@/lib/ids'
import type { EventDraft } from './event'
import { getEvent, listEvents } from './query'
import { addTiming, flushEvents, recordEvent, recordIn, recordRead, recordRefusedToken } from './record'

const created: EventDraft = {
  type: 'user.created',
  outcome: 'success',
  actor: { kind: 'okta', tokenId: 'tok12345' },
  target: { kind: 'user', id: '0198c0de-0000-7000-8000-000000000001', name: 'John Doe' },
  method: 'POST',
  path: '/Users',
  status: 201,
  diff: [{ path: 'userName', after: 'john.doe@porter.example' }],
  trace: [{ step: 'credential', outcome: 'ok', text: 'Token tok12345 belongs to Porter' }],
  request: { userName: 'john.doe@porter.example', password: 'hunter2' },
  response: { id: '1' },
}

describe('recordEvent', () => {
  it('keeps every fact, and no password', async () => {
    const { orgId } = await makeTestOrg()
    const id = await recordEvent(orgId, created)
    expect(await getEvent(orgId, eventRef(id))).toMatchObject({
      id,
      type: 'user.created',
      actorKind: 'okta',
      actorId: 'tok12345',
      actorName: 'Okta',
      targetName: 'John Doe',
      status: 201,
      diff: created.diff,
      trace: created.trace,
      error: null,
      oktaEvent: 'application.provision.user.push',
      count: 1,
      read: false,
      request: { userName: 'john.doe@porter.example', password: '[redacted]' },
      response: { id: '1' },
      timings: { total: null, told: null },
    })
  })

  it('stores what Postgres cannot: NUL and lone surrogates', async () => {
    const { orgId } = await makeTestOrg()
    const id = await recordEvent(orgId, {
      ...created,
      target: { kind: 'user', id: 'a\u0000b', name: 'x\ud800y' },
      path: '/Users/\u0000',
      ip: '\udfff',
      diff: [{ path: 'title\u0000', after: '\ud800' }],
      request: { 'k\u0000': ['\u0000'] },
    })
    expect(await getEvent(orgId, id)).toMatchObject({
      targetId: 'a\\u0000b',
      targetName: 'x\\ud800y',
      diff: [{ path: 'title\\u0000', after: '\\ud800' }],
      request: { 'k\\u0000': ['\\u0000'] },
    })
  })

  it('still writes after drizzle has changed the driver’s way with JSON', async () => {
    const { orgId } = await makeTestOrg()
    await withOrg(orgId, (tx) => tx.execute(sql`select 1`))
    await recordEvent(orgId, created)
    expect((await listEvents(orgId)).events).toHaveLength(1)
  })

  it('is invisible to another org', async () => {
    const [porter, rabbit] = [await makeTestOrg(), await makeTestOrg('White Rabbit')]
    const id = await recordEvent(porter.orgId, created)
    expect(await getEvent(rabbit.orgId, id)).toBeNull()
    expect((await listEvents(rabbit.orgId, { reads: true })).events).toEqual([])
  })
})

describe('recordIn', () => {
  it('is in the caller’s commit', async () => {
    const { orgId } = await makeTestOrg()
    const id = await withOrg(orgId, (tx) => recordIn(tx, orgId, created))
    expect(await getEvent(orgId, id)).toMatchObject({ id, request: { password: '[redacted]' } })
  })

  it('goes when the transaction is rolled back', async () => {
    const { orgId } = await makeTestOrg()
    let id = ''
    const failing = withOrg(orgId, async (tx) => {
      id = await recordIn(tx, orgId, created)
      throw new Error('the write failed')
    })
    await expect(failing).rejects.toThrow('the write failed')
    expect(await getEvent(orgId, id)).toBeNull()
  })

  it('refuses an event for another org than the transaction’s', async () => {
    const [porter, rabbit] = [await makeTestOrg(), await makeTestOrg('White Rabbit')]
    await expect(withOrg(porter.orgId, (tx) => recordIn(tx, rabbit.orgId, created))).rejects.toThrow()
    expect((await listEvents(rabbit.orgId)).events).toEqual([])
  })
})

const lookUp: EventDraft = { ...created, type: 'user.looked_up', method: 'GET', status: 200 }

describe('reads', () => {
  it('are written within a second, per org, and hidden unless asked for', async () => {
    const [porter, rabbit] = [await makeTestOrg(), await makeTestOrg('White Rabbit')]
    for (let i = 0; i < 250; i++) recordRead(porter.orgId, lookUp)
    recordRead(rabbit.orgId, lookUp)
    await expect
      .poll(async () => (await listEvents(porter.orgId, { reads: true, limit: 200 })).events.length, { timeout: 1500 })
      .toBe(200)
    await flushEvents()
    const { events, next } = await listEvents(porter.orgId, { types: ['user.looked_up'], limit: 200 })
    expect((await listEvents(porter.orgId, { types: ['user.*'], before: next, limit: 200 })).events).toHaveLength(50)
    expect(events.every((event) => event.read)).toBe(true)
    expect((await listEvents(rabbit.orgId, { reads: true })).events).toHaveLength(1)
    expect((await listEvents(porter.orgId)).events).toEqual([])
  })

  it('count refused tokens by reason and address', async () => {
    const { orgId } = await makeTestOrg()
    for (let i = 0; i < 14; i++) recordRefusedToken(orgId, { reason: 'unknown', ip: '203.0.113.7', method: 'GET' })
    recordRefusedToken(orgId, { reason: 'expired', ip: '203.0.113.7' })
    await flushEvents()
    const { events } = await listEvents(orgId)
    // The other thirteen are one row at the end of the minute; see minute-window.test.ts.
    expect(events.map((e) => [e.type, e.outcome, e.error?.scimType, e.count])).toEqual([
      ['token.refused', 'blocked', 'expired', 1],
      ['token.refused', 'blocked', 'unknown', 1],
    ])
  })
})

describe('timings', () => {
  it('come after the event; the first of a kind stays', async () => {
    const { orgId } = await makeTestOrg()
    const id = await recordEvent(orgId, created)
    addTiming(orgId, id, 'total', 12.4)
    addTiming(orgId, id, 'told', 87, 3)
    await flushEvents()
    addTiming(orgId, id, 'total', 99)
    await flushEvents()
    expect((await getEvent(orgId, id))?.timings).toEqual({ total: { ms: 12, count: 1 }, told: { ms: 87, count: 3 } })
  })
})

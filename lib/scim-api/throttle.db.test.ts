import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { listEvents } from '@/lib/events/query'
import { flushEvents } from '@/lib/events/record'
import { shutdown } from '@/lib/process'
import { setEnvironment } from '@/lib/test-process'
import { scimApp } from './app'
import { quietMoments } from './quiet-moments'
import { oktaUser, send } from './test/client'

setEnvironment({
  ROLLCALL_LIMIT_SCIM_READS: '6',
  ROLLCALL_LIMIT_SCIM_WRITES: '4',
  ROLLCALL_LIMIT_SCIM_BURST: '6',
  ROLLCALL_LIMIT_WRONG_TOKENS: '3',
  ROLLCALL_TRUSTED_PROXIES: '0',
})

afterAll(shutdown)

const rejected = async (org: TestOrg) => {
  await flushEvents()
  const { events } = await listEvents(org.orgId, { reads: true, types: ['request.rejected'], limit: 50 })
  return events
}

describe('a token at its limit', () => {
  let porter: TestOrg
  let rabbit: TestOrg
  beforeAll(async () => {
    porter = await makeTestOrg('Porter')
    rabbit = await makeTestOrg('White Rabbit')
  })

  it('gets 429 as a SCIM error with whole seconds and the event; the other company never notices', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 12; i++) {
      statuses.push((await send(porter, 'GET', '/Users?count=1')).status)
      if (i % 2 === 0) expect((await send(rabbit, 'GET', '/Users?count=1')).status).toBe(200)
    }
    expect(statuses).toEqual([...Array(6).fill(200), ...Array(6).fill(429)])
    const answer = await send(porter, 'GET', '/Users?count=1')
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d?$/)
    expect(answer.headers.get('content-type')).toContain('application/scim+json')
    expect(answer.body).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '429',
      detail: expect.stringMatching(/^Too many reads with this token.* try again in \d+ seconds\. \(evt_\w+\)$/),
    })
  })

  it('has one row in the log for the minute, which every answer names', async () => {
    const answer = await send(porter, 'GET', '/Users?count=1')
    const events = await rejected(porter)
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ outcome: 'blocked', status: 429, actorKind: 'okta', count: 1 })
    expect(answer.body.detail).toContain(events[0]?.ref ?? 'no ref')
    expect(await rejected(rabbit)).toEqual([])
  })

  it('may still write: reads and writes are counted apart, and a search is a read', async () => {
    expect((await send(porter, 'POST', '/Users', oktaUser('john.doe@porter.example'))).status).toBe(201)
    expect((await send(porter, 'POST', '/Users/.search', {})).status).toBe(429)
  })

  it('gives way to others, yet one of theirs that takes long does not hold its answer', async () => {
    let end = () => {}
    const theirs = quietMoments().during(() => new Promise<void>((resolve) => (end = resolve)))
    expect((await send(porter, 'GET', '/Users?count=1')).status).toBe(429)
    end()
    await theirs
  })

  it('counts every operation of a Bulk as the write it is', async () => {
    const operations = Array.from({ length: 8 }, (_, i) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `b${i}`,
      data: oktaUser(`person${i}@whiterabbit.example`),
    }))
    const bulk = { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations: operations }
    const { status, body } = await send(rabbit, 'POST', '/Bulk', bulk)
    expect(status).toBe(200)
    expect(body.Operations).toMatchObject([
      ...Array(5).fill({ status: '201' }),
      ...Array(3).fill({ status: '429', response: { status: '429' } }),
    ])
  })
})

describe('wrong tokens', () => {
  /** As server.ts gives it: the socket is known, and the headers are node's own. */
  const from = (remoteAddress: string, org: TestOrg, token: string, more: Record<string, string> = {}) => {
    const headers = { authorization: `Bearer ${token}`, ...more }
    return scimApp.fetch(new Request(`http://localhost:3000/scim/v2/${org.slug}/Users`, { headers }), {
      incoming: { socket: { remoteAddress }, headers },
    })
  }

  it('are counted by address after they failed; a right token from there always passes', async () => {
    const porter = await makeTestOrg('Porter')
    const statuses: number[] = []
    for (let i = 0; i < 5; i++) statuses.push((await from('192.0.2.1', porter, 'wrong')).status)
    expect(statuses).toEqual([401, 401, 401, 429, 429])
    const late = await from('192.0.2.1', porter, 'wrong')
    expect(late.headers.get('retry-after')).toMatch(/^[1-9]\d?$/)
    expect(await late.json()).toMatchObject({ status: '429' })
    expect((await from('192.0.2.1', porter, porter.token)).status).toBe(200)
  })

  it('a forged X-Forwarded-For neither evades the count nor locks somebody else out', async () => {
    const porter = await makeTestOrg('Porter')
    const forged = (n: number) => ({ 'x-forwarded-for': `198.51.100.${n}`, forwarded: `for=198.51.100.${n}` })
    for (let i = 0; i < 4; i++) await from('192.0.2.2', porter, 'wrong', forged(i))
    expect((await from('192.0.2.2', porter, 'wrong', forged(9))).status).toBe(429)
    expect((await from('198.51.100.1', porter, 'wrong')).status).toBe(401)
  })
})

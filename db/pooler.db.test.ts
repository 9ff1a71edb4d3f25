import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { listEvents } from '@/lib/events/query'
import { recordEvent } from '@/lib/events/record'
import { forgetProcess, shutdown } from '@/lib/process'
import { oktaUser, send, setActive } from '@/lib/scim-api/test/client'
import { addMembers, makePerson, membersOf } from '@/lib/scim-api/test/people'
import { setEnvironment } from '@/lib/test-process'
import { pool } from './client'
import { getOrgIdBySlug, ping } from './global'
import { listen, notify } from './listen'
import { orgs } from './schema'
import { withOrg } from './tenant'
import { makeTestOrg, type TestOrg } from './test-orgs'
import { findPgbouncer, type Pooler, startPgbouncer } from './test-pgbouncer'

const found = findPgbouncer()

// Reported by name with what is missing: not every machine has pgbouncer, nor Debian's package to unpack.
if ('missing' in found) test.skip(`through pgbouncer: not run, ${found.missing}`)
else describe(`through pgbouncer ${found.version.join('.')}, a transaction at a time`, () => throughPooler(found))

function throughPooler(program: Exclude<ReturnType<typeof findPgbouncer>, { missing: string }>) {
  let pooler: Pooler
  let porter: TestOrg
  let rabbit: TestOrg

  beforeAll(async () => {
    pooler = await startPgbouncer(program, process.env.DATABASE_URL ?? '')
    // LISTEN keeps its own way, DATABASE_DIRECT_URL.
    forgetProcess()
    setEnvironment({ DATABASE_URL: pooler.url, DATABASE_PREPARED: pooler.keepsPrepared ? '1' : '0' })
    porter = await makeTestOrg('Porter')
    rabbit = await makeTestOrg('White Rabbit')
  })
  afterAll(async () => {
    await shutdown()
    await pooler?.stop()
  })

  it('two orgs share two connections, many at once, and each sees its own rows alone', async () => {
    const turns = Array.from({ length: 200 }, (_, i) => (i % 2 ? porter : rabbit))
    const seen = await Promise.all(
      turns.map(({ orgId }) => withOrg(orgId, (tx) => tx.select({ orgId: orgs.orgId }).from(orgs))),
    )
    expect(seen).toEqual(turns.map(({ orgId }) => [{ orgId }]))
    const backends = await Promise.all(turns.map(() => pool()<{ pid: number }[]>`select pg_backend_pid() as pid`))
    expect(new Set(backends.map(([row]) => row?.pid)).size).toBeLessThanOrEqual(2)
  })

  it('nothing of an org stays on a connection: the next one there sees no rows, and cannot write', async () => {
    for (let i = 0; i < 10; i++) {
      await recordEvent(porter.orgId, { type: 'org.changed', outcome: 'success', actor: { kind: 'system' } })
      await withOrg(porter.orgId, (tx) => tx.select().from(orgs).where(eq(orgs.orgId, porter.orgId)))
      await expect(withOrg(porter.orgId, (tx) => tx.execute('select 1/0'))).rejects.toThrow()
      expect(await pool()`select 1 from orgs`).toHaveLength(0)
      expect(await pool()`select coalesce(current_setting('app.org_id', true), '') as org`).toEqual([{ org: '' }])
    }
    await expect(
      pool()`insert into entitlements (org_id, value, display_name) values (${porter.orgId}, 'x', 'x')`,
    ).rejects.toMatchObject({ code: '42501' })
  })

  it('the role’s time limits hold there', async () => {
    expect(
      await pool()`select current_setting('statement_timeout') as s, current_setting('lock_timeout') as l`,
    ).toEqual([{ s: '10s', l: '3s' }])
  })

  it('a ping among questions that are described first takes nobody’s answer', async () => {
    for (let round = 0; round < 20; round++) {
      const asked = Array.from({ length: 60 }, (_, i) => (i % 3 ? getOrgIdBySlug(porter.slug) : ping()))
      const told = await Promise.all(asked)
      expect(told.filter((org) => org === porter.orgId)).toHaveLength(40)
    }
  })

  it('SCIM works whole: the functions that write, groups of many, lists, and two writers of one person', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => makePerson(porter)))
    const group = await send(porter, 'POST', '/Groups', { displayName: 'Sales', members: [] })
    const id = String(group.body.id)
    expect((await send(porter, 'PATCH', `/Groups/${id}`, addMembers(made))).status).toBe(204)
    expect(await membersOf(porter, id)).toEqual(made.toSorted())
    const [first = ''] = made
    const both = await Promise.all(
      [true, false, true, false].map((on) => send(porter, 'PATCH', `/Users/${first}`, setActive(on))),
    )
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect((await send(porter, 'GET', '/Users?count=1')).body).toMatchObject({ totalResults: 20 })
    expect((await send(rabbit, 'GET', `/Users/${first}`)).status).toBe(404)
    const name = `kim@${porter.domain}`
    expect((await send(porter, 'POST', '/Users', oktaUser(name))).status).toBe(201)
    expect((await send(porter, 'POST', '/Users', oktaUser(name))).status).toBe(409)
    expect((await send(porter, 'DELETE', `/Users/${first}`)).status).toBe(204)
    const { events } = await listEvents(porter.orgId, { limit: 100 })
    expect(events.filter(({ type, outcome }) => type === 'user.created' && outcome === 'success')).toHaveLength(21)
  })

  it('a notification sent through it is heard on the direct connection', async () => {
    const heard: string[] = []
    const stop = listen('pooler_channel', (payload) => heard.push(payload))
    await expect
      .poll(async () => {
        await notify('pooler_channel', 'told')
        return heard
      })
      .toContain('told')
    stop()
  })
}

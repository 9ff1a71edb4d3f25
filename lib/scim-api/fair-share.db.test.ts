import postgres from 'postgres'
import { afterAll, expect, it, vi } from 'vitest'
import { setOrg } from '@/db/tenant'
import { makeTestOrg } from '@/db/test-orgs'
import { getEvent, listEvents } from '@/lib/events/query'
import { flushEvents } from '@/lib/events/record'
import { shutdown } from '@/lib/process'
import { send } from './test/client'
import { makePeople, patchOf } from './test/people'

afterAll(shutdown)

it('beside another company forty writes at once take turns: all are answered, and the event of one that waited says so', async () => {
  const [loud, calm] = [await makeTestOrg('Loud'), await makeTestOrg('Calm')]
  const ids = await makePeople(loud, 40)
  // Its token is remembered from here on, so that it is there before the writes are.
  await send(calm, 'GET', '/Users?count=1')
  const body = patchOf({ op: 'replace', value: { title: 'All at once' } })
  const answers = await Promise.all([
    send(calm, 'GET', '/Users?count=1'),
    ...ids.map((id) => send(loud, 'PATCH', `/Users/${id}`, body)),
  ])
  expect(answers.map(({ status }) => status)).toEqual(Array(41).fill(200))
  await flushEvents()
  const { events } = await listEvents(loud.orgId, { types: ['user.updated'], limit: 50 })
  const traces = await Promise.all(events.map(async ({ id }) => (await getEvent(loud.orgId, id))?.trace ?? []))
  const waited = traces.filter((steps) => steps.some(({ step, text }) => step === 'limit' && /^It waited/.test(text)))
  expect(traces).toHaveLength(40)
  expect(waited.length).toBeGreaterThan(0)
})

it('a company whose writes all wait for a lock holds up nobody else: reads, writes and pages of another are answered meanwhile', async () => {
  const [stuck, calm] = [await makeTestOrg('Stuck'), await makeTestOrg('Calm')]
  const ids = await makePeople(stuck, 20)
  const body = patchOf({ op: 'replace', value: { title: 'Later' } })
  const other = postgres(process.env.DATABASE_URL ?? '', { max: 1 })
  const watcher = postgres(process.env.DATABASE_URL ?? '', { max: 1 })
  const watching = async () => {
    const [row] = await watcher<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    return row?.n ?? 0
  }
  let answered = 0
  const writes: Promise<number>[] = []
  await other.begin(async (tx) => {
    await tx.unsafe(setOrg(stuck.orgId))
    await tx`select id from users where org_id = ${stuck.orgId}::uuid for update`
    for (const id of ids) {
      writes.push(
        send(stuck, 'PATCH', `/Users/${id}`, body).then(({ status }) => {
          answered++
          return status
        }),
      )
    }
    await vi.waitFor(async () => expect(await watching()).toBeGreaterThan(0))
    const made = await makePeople(calm, 10)
    const read = await Promise.all(made.map((id) => send(calm, 'GET', `/Users/${id}`)))
    expect(read.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect((await listEvents(calm.orgId, { limit: 50 })).events).toHaveLength(10)
    expect(answered).toBe(0)
  })
  await Promise.all([other.end(), watcher.end()])
  expect(await Promise.all(writes)).toEqual(Array(20).fill(200))
})

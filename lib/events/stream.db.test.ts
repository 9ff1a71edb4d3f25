import { AsyncLocalStorage } from 'node:async_hooks'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterEach, describe, expect, it } from 'vitest'
import { withOrg } from '@/db/tenant'
import { makeTestOrg } from '@/db/test-orgs'
import { type EventDraft, prepareEvent } from './event'
import { floorId } from './id-range'
import { getEvent } from './query'
import { addTiming, flushEvents, recordEvent, recordIn, recordRead } from './record'
import { subscribe, subscribers } from './stream'
import type { EventView } from './view'
import { wake } from './wake'

const draft = (name: string): EventDraft => ({
  type: 'user.created',
  outcome: 'success',
  actor: { kind: 'okta', tokenId: 't' },
  target: { kind: 'user', id: null, name },
})

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

function watch(orgId: string, after?: string) {
  const got: EventView[] = []
  let gaps = 0
  const stop = subscribe(orgId, { after, onEvents: (events) => got.push(...events), onGap: () => gaps++ })
  stops.push(stop)
  return { got, names: () => got.map((event) => event.targetName), gaps: () => gaps, stop }
}

/** A transaction on a connection of its own, held open until `commit`. */
async function openTransaction(orgId: string, name: string) {
  const client = postgres(process.env.DATABASE_URL ?? '', { max: 1 })
  const { id, ...prepared } = prepareEvent(draft(name))
  let commit: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    commit = resolve
  })
  let written: () => void = () => undefined
  const isWritten = new Promise<void>((resolve) => {
    written = resolve
  })
  const done = client.begin(async (tx) => {
    await tx.unsafe(`set local app.org_id = '${orgId}'`)
    await tx`select record_events(${orgId}::uuid, ${JSON.stringify([prepared])}::text::jsonb)`
    written()
    await held
  })
  await isWritten
  return {
    id,
    commit: async () => {
      commit()
      await done
      await client.end()
    },
  }
}

describe('the hub of an org', () => {
  it('gives each new event once, in order, reads included and marked', async () => {
    const { orgId } = await makeTestOrg()
    const { got, names } = watch(orgId)
    await recordEvent(orgId, draft('one'))
    await recordEvent(orgId, draft('two'))
    recordRead(orgId, { ...draft('three'), type: 'user.looked_up' })
    await expect.poll(names, { timeout: 2500 }).toEqual(['one', 'two', 'three'])
    expect(got.map((event) => event.read)).toEqual([false, false, true])
    await new Promise((resolve) => setTimeout(resolve, 1200))
    expect(got).toHaveLength(3)
  })

  it('tells an open stream of a write', async () => {
    const { orgId } = await makeTestOrg()
    const { names } = watch(orgId)
    await recordEvent(orgId, draft('warm'))
    await expect.poll(names, { interval: 5 }).toEqual(['warm'])
    await recordEvent(orgId, draft('fast'))
    await expect.poll(names, { interval: 2 }).toEqual(['warm', 'fast'])
  })

  it('never misses an id that was made before, and committed after, a greater one', async () => {
    const { orgId } = await makeTestOrg()
    const { names, got } = watch(orgId)
    const early = await openTransaction(orgId, 'early')
    await recordEvent(orgId, draft('late'))
    await expect.poll(names).toEqual(['late'])
    // Past the look-back of a wake-up: only the tick's finds it.
    await new Promise((resolve) => setTimeout(resolve, 2600))
    await early.commit()
    await expect.poll(names, { timeout: 1500 }).toEqual(['late', 'early'])
    expect(got.map((event) => event.id)).toContain(early.id)
  })

  it('delivers two hundred concurrent writes once each, whatever order they commit in', async () => {
    const { orgId } = await makeTestOrg()
    const { names } = watch(orgId)
    await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        i % 2
          ? recordEvent(orgId, draft(`n${i}`))
          : withOrg(orgId, async (tx) => {
              await tx.execute(sql`select pg_sleep(${Math.random() / 20})`)
              await recordIn(tx, orgId, draft(`n${i}`))
              await tx.execute(sql`select pg_sleep(${Math.random() / 20})`)
            }),
      ),
    )
    await expect.poll(() => names().length, { timeout: 3000 }).toBe(200)
    expect(new Set(names()).size).toBe(200)
  })

  it('finds events of other processes by its own poll when no wake-up comes', async () => {
    const { orgId } = await makeTestOrg()
    const { names } = watch(orgId)
    const other = await openTransaction(orgId, 'silent')
    await other.commit()
    await expect.poll(names, { timeout: 1500 }).toEqual(['silent'])
  })

  it('gives another org nothing', async () => {
    const [porter, rabbit] = [await makeTestOrg(), await makeTestOrg('White Rabbit')]
    const [mine, theirs] = [watch(porter.orgId), watch(rabbit.orgId)]
    await recordEvent(porter.orgId, draft('ours'))
    wake(rabbit.orgId)
    await expect.poll(mine.names).toEqual(['ours'])
    await new Promise((resolve) => setTimeout(resolve, 1200))
    expect(theirs.got).toEqual([])
  })

  it('resumes after Last-Event-ID', async () => {
    const { orgId } = await makeTestOrg()
    const old = new Date(Date.now() - 60_000)
    for (const [i, name] of ['a', 'b', 'c'].entries()) await insertAt(orgId, old.getTime() + i * 20_000, name)
    const { names } = watch(orgId, floorId(old.getTime() + 18_000))
    // What is older than the look-back stays away; what lies just before the id may come again.
    await expect.poll(names).toEqual(['b', 'c'])
  })

  it('sends the newest thousand and says there is a gap when more was missed', async () => {
    const { orgId } = await makeTestOrg()
    const start = Date.now() - 600_000
    await insertMany(orgId, start, 1200)
    const { names, gaps } = watch(orgId, floorId(start - 1000))
    await expect.poll(() => names().length).toBe(1000)
    expect(names().at(-1)).toBe('n1199')
    expect(gaps()).toBe(1)
  })

  it('is not drawn into the transaction or the context of whoever wakes it', async () => {
    const [porter, rabbit] = [await makeTestOrg(), await makeTestOrg('White Rabbit')]
    const request = new AsyncLocalStorage<string>()
    const contexts: unknown[] = []
    const subscriber = { onEvents: () => contexts.push(request.getStore()) }
    const id = await recordEvent(porter.orgId, draft('before'))
    request.run('mine', () => stops.push(subscribe(porter.orgId, subscriber)))
    await expect.poll(() => contexts).toEqual(['mine'])
    await request.run('theirs', () =>
      withOrg(rabbit.orgId, async () => {
        wake(porter.orgId)
        addTiming(porter.orgId, id, 'total', 1)
        recordRead(porter.orgId, draft('during'))
        await flushEvents()
      }),
    )
    await expect.poll(() => contexts.length).toBeGreaterThan(1)
    expect(new Set(contexts)).toEqual(new Set(['mine']))
    expect((await getEvent(porter.orgId, id))?.timings.total).toEqual({ ms: 1, count: 1 })
  })

  it('lives only while somebody listens', async () => {
    const { orgId } = await makeTestOrg()
    const [one, two] = [watch(orgId), watch(orgId)]
    expect(subscribers(orgId)).toBe(2)
    one.stop()
    two.stop()
    expect(subscribers(orgId)).toBe(0)
    const again = watch(orgId)
    await recordEvent(orgId, draft('again'))
    await expect.poll(again.names).toEqual(['again'])
  })

  it('one failing subscriber does not stop the others', async () => {
    const { orgId } = await makeTestOrg()
    stops.push(
      subscribe(orgId, {
        onEvents: () => {
          throw new Error('mine is broken')
        },
      }),
    )
    const { names } = watch(orgId)
    await recordEvent(orgId, draft('still'))
    await expect.poll(names).toEqual(['still'])
  })
})

async function insertAt(orgId: string, ms: number, name: string) {
  const { event } = prepareEvent(draft(name))
  await insertRows(orgId, [{ ...event, id: floorId(ms).replace(/0000-0000-0{12}$/, '7000-8000-000000000001') }])
}

async function insertMany(orgId: string, ms: number, count: number) {
  const rows = Array.from({ length: count }, (_, i) => ({
    ...prepareEvent(draft(`n${i}`)).event,
    id: floorId(ms + i).replace(/0000-0000-0{12}$/, '7000-8000-000000000001'),
  }))
  await insertRows(orgId, rows)
}

async function insertRows(orgId: string, rows: Record<string, unknown>[]) {
  const prepared = JSON.stringify(rows.map((event) => ({ event, request: null, response: null })))
  await withOrg(orgId, (tx) => tx.execute(sql`select record_events(${orgId}::uuid, ${prepared}::text::jsonb)`))
}

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type EmbeddedPostgres, removePostgres, startPostgres } from '@/db/embedded'
import { isUnavailable } from '@/db/errors'
import { listen, notify } from '@/db/listen'
import { migrate } from '@/db/migrate'
import { makeTestOrg } from '@/db/test-orgs'
import { forgetProcess } from '@/lib/process'
import { setEnvironment } from '@/lib/test-process'
import type { EventDraft } from './event'
import { getEvent, listEvents } from './query'
import { addTiming, recordEvent, recordRead } from './record'
import { subscribe } from './stream'

// A server of its own, because this one is stopped in the middle.
const dir = join(process.cwd(), '.data', 'test', `away-${process.pid}`)
let server: EmbeddedPostgres

beforeAll(async () => {
  mkdirSync(dir, { recursive: true })
  server = await startPostgres({ dir })
  await migrate({ ownerUrl: server.ownerUrl, appUrl: server.appUrl })
  forgetProcess()
  setEnvironment({ DATABASE_URL: server.appUrl, DATABASE_DIRECT_URL: server.appUrl })
})
afterAll(async () => {
  await server.stop()
  await removePostgres(dir)
})

const draft = (name: string, type: EventDraft['type'] = 'user.created'): EventDraft => ({
  type,
  outcome: 'success',
  actor: { kind: 'system' },
  target: { kind: 'user', id: null, name },
})

it('a database that goes away and comes back loses no read, no stream and no wake-up for good', async () => {
  const { orgId } = await makeTestOrg()
  const told: (string | null)[] = []
  const heard: string[] = []
  let away = 0
  const stops = [
    subscribe(orgId, {
      onEvents: (events) => told.push(...events.map((event) => event.targetName)),
      onAway: () => away++,
    }),
    listen('rollcall', (payload) => heard.push(payload)),
  ]
  const id = await recordEvent(orgId, draft('before'))
  await expect.poll(() => told).toEqual(['before'])
  expect(away).toBe(0)

  await server.stop()
  for (let i = 0; i < 5; i++) recordRead(orgId, draft(`read ${i}`, 'user.looked_up'))
  addTiming(orgId, id, 'total', 7)
  const refused = await recordEvent(orgId, draft('lost')).catch((error: unknown) => error)
  expect(isUnavailable(refused)).toBe(true)
  await expect.poll(() => away, { timeout: 20_000 }).toBeGreaterThan(1)

  server = await startPostgres({ dir, port: server.port })
  const reads = async () => (await listEvents(orgId, { types: ['user.looked_up'] })).events.map((e) => e.targetName)
  await expect.poll(reads, { timeout: 20_000 }).toEqual([4, 3, 2, 1, 0].map((i) => `read ${i}`))
  await expect.poll(async () => (await getEvent(orgId, id))?.timings.total?.ms, { timeout: 20_000 }).toBe(7)
  await recordEvent(orgId, draft('after'))
  await expect.poll(() => told, { timeout: 20_000 }).toContain('after')
  expect(told.filter((name) => name?.startsWith('read'))).toHaveLength(5)
  expect(told).not.toContain('lost')
  await expect
    .poll(
      async () => {
        await notify('rollcall', '{"o":"again"}')
        return heard
      },
      { timeout: 20_000 },
    )
    .toContain('{"o":"again"}')
  for (const stop of stops) stop()
}, 120_000)

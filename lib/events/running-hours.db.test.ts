import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { withOrg } from '@/db/tenant'
import { makeTestOrg } from '@/db/test-orgs'
import { watchDatabase } from '@/db/test-statements'
import { prepareEvent } from './event'
import { HOUR } from './hours'
import { floorId } from './id-range'
import { countRunning } from './running-hours'

const { rowsRead } = watchDatabase()
const MINUTE = 60_000
/** An hour before the running one: in it or after it is whatever these tests tell of. */
const from = Math.floor(Date.now() / HOUR) * HOUR - HOUR

let made = 0
/** `n` events that began `ago` milliseconds before now. */
async function happen(orgId: string, n: number, ago: number) {
  const at = Date.now() - ago
  const prepared = Array.from({ length: n }, () => {
    const { event } = prepareEvent({ type: 'user.created', outcome: 'success', actor: { kind: 'system' } })
    const id = `${floorId(at).slice(0, 14)}7000-8000-${String(++made).padStart(12, '0')}`
    return { event: { ...event, id, at: new Date(at).toISOString() }, request: null, response: null }
  })
  await withOrg(orgId, (tx) =>
    tx.execute(sql`select record_events(${orgId}::uuid, ${JSON.stringify(prepared)}::text::jsonb)`),
  )
}

const total = async (orgId: string, to = Date.now() + 1000) =>
  (await countRunning(orgId, from, to)).reduce((sum, { n }) => sum + n, 0)

test('each event of the running hours counts once, whether it was counted before or is new', async () => {
  const [{ orgId }, other] = [await makeTestOrg(), await makeTestOrg('White Rabbit')]
  await happen(orgId, 30, 5 * MINUTE)
  await happen(orgId, 4, 10_000)
  expect([await total(orgId), await total(orgId)]).toEqual([34, 34])
  await happen(orgId, 2, 0)
  // Committed late: within what every count looks at again.
  await happen(orgId, 1, 50_000)
  expect(await total(orgId)).toBe(37)
  expect(await total(orgId, Date.now() - 2 * MINUTE)).toBe(30)
  expect(await total(orgId)).toBe(37)
  expect(await total(other.orgId)).toBe(0)
})

test('what is settled is read once', async () => {
  const { orgId } = await makeTestOrg()
  await happen(orgId, 200, 3 * MINUTE)
  const read = () => rowsRead(orgId, () => total(orgId))
  expect(await read()).toBeGreaterThanOrEqual(200)
  expect(await read()).toBe(0)
})

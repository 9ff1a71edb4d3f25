import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withOrg } from '@/db/tenant'
import { analyze } from '@/db/test-analyze'
import { makeTestOrg } from '@/db/test-orgs'
import { watchDatabase } from '@/db/test-statements'
import { shutdown } from '@/lib/process'
import { countEvents } from './facets'
import { floorId } from './id-range'
import { toLogFilter } from './log-filter'
import { listLog } from './query'
import { parseSearch } from './search'
import { EVENT_TYPES } from './types'

/** So many that a plan without its index shows in what it reads. */
const MANY = process.env.ROLLCALL_LONG === '1' ? 1_000_000 : 30_000
const PAGE = 50
const { rowsRead } = watchDatabase()
let orgId = ''

/** Of another company, each type with each outcome alike: what the planner knows of all is nothing like what one has. */
async function fillAnother(): Promise<void> {
  const { orgId: another } = await makeTestOrg('White Rabbit')
  const first = floorId(Date.now() - 3_600_000).slice(0, 14)
  await withOrg(another, (tx) =>
    tx.execute(sql`
      insert into events (org_id, id, at, type, outcome, actor_kind, actor_name)
      select ${another}::uuid, (${first} || '7' || lpad(to_hex(n / 65536), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
        now(), (array[${sql.join(
          EVENT_TYPES.map((type) => sql`${type}`),
          sql`, `,
        )}])[1 + n % ${EVENT_TYPES.length}],
        (array['success', 'failed', 'skipped', 'blocked'])[1 + n / 100 % 4], 'system', 'Rollcall'
      from generate_series(1, ${MANY}::int) n`),
  )
}

/** Mostly successes; one row in five failed, all of them updates, and the one type of which some failed long ago. */
beforeAll(async () => {
  orgId = (await makeTestOrg()).orgId
  const first = floorId(Date.now() - 3_600_000).slice(0, 14)
  await withOrg(orgId, (tx) =>
    tx.execute(sql`
      insert into events (org_id, id, at, type, outcome, actor_kind, actor_id, actor_name, target_kind, target_id, target_name)
      select ${orgId}::uuid, (${first} || '7' || lpad(to_hex(n / 65536), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
        now(), case when n <= 10 then 'group.deleted' when n % 3 = 0 then 'user.looked_up' else 'user.updated' end,
        case when n <= 10 or n % 5 = 1 then 'failed' else 'success' end,
        case when n % 50 = 2 then 'user' else 'okta' end, 'a' || n % 9, 'Okta', 'user', 't' || n % 500, 'Grace'
      from generate_series(1, ${MANY}::int) n`),
  )
  await fillAnother()
  await analyze('events')
}, 120_000)
afterAll(shutdown)

const filterOf = (q: string) => toLogFilter(parseSearch(q).terms, false)
const page = (q: string) => listLog(orgId, filterOf(q), {}, PAGE)

test.each<[q: string, found: number]>([
  ['type:user.created', 0],
  ['type:group.deleted', 10],
  ['type:user.updated', PAGE],
  ['status:failed', PAGE],
  ['status:failed type:user.updated', PAGE],
  ['status:failed type:group.deleted', 10],
  ['status:failed,blocked type:user.created', 0],
  ['-status:success type:group.*', 10],
  ['target:t7', 40],
  ['actor:user', PAGE],
])(
  `“%s” over all time finds %i of ${MANY.toLocaleString('en-US')} events by reading one in thirty of them at most`,
  async (q, found) => {
    expect((await page(q)).events).toHaveLength(found)
    expect(await rowsRead(orgId, () => page(q))).toBeLessThanOrEqual(MANY / 30)
  },
)

test('counting what failed of a type reads what failed of it, and of the facets’ other values, alone', async () => {
  const { terms } = parseSearch('status:failed type:group.deleted')
  const count = () =>
    countEvents(orgId, { terms, reads: false, names: new Map(), window: {}, slots: null, partial: false })
  expect((await count()).total).toEqual({ n: 10, more: false })
  // One in five failed, and the ten asked for are counted besides.
  expect(await rowsRead(orgId, count)).toBeLessThanOrEqual(MANY / 5 + 100)
})

test.each([
  ['', PAGE],
  ['Grace', PAGE],
])('“%s” behind ten thousand newer look-ups reads what is shown, and none of them', async (q, found) => {
  const { orgId: asked } = await makeTestOrg('Asked')
  const first = floorId(Date.now() - 3_600_000).slice(0, 14)
  await withOrg(asked, (tx) =>
    tx.execute(sql`
      insert into events (org_id, id, at, type, outcome, actor_kind, actor_name, target_name)
      select ${asked}::uuid, (${first} || '7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
        now(), case when n <= 60 then 'user.updated' else 'user.looked_up' end, 'success', 'okta', 'Okta', 'Grace'
      from generate_series(1, 10060) n`),
  )
  await analyze('events')
  const newest = () => listLog(asked, filterOf(q), {}, PAGE)
  expect((await newest()).events).toHaveLength(found)
  expect(await rowsRead(asked, newest)).toBeLessThanOrEqual(200)
})

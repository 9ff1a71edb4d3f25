import { sql } from 'drizzle-orm'
import type { ParameterOrJSON } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveMapping } from '@/lib/directory/role-mappings'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { send } from '@/lib/scim-api/test/client'
import { addMembers, makePerson } from '@/lib/scim-api/test/people'
import { openForTest, pool } from './client'
import { setOrg, withOrg } from './tenant'
import { analyze } from './test-analyze'
import { makeTestOrg, type TestOrg } from './test-orgs'

/** Many small companies and a large one: a plan that is kept was made for one of usual size. */
const SMALL = 60
const MANY = 20_000
/** Pages of an index that all of these people fill are more; those of a few look-ups by key are not. */
const FEW_PAGES = 60
/** Ten people with their groups, each a dozen pages at most; everybody's rows lie on many hundreds. */
const TEN_PEOPLE_PAGES = 120

type Sent = { statement: string; values: unknown[] }
let sent: Sent[] = []
let large: TestOrg

beforeAll(async () => {
  openForTest({ note: (statement, values) => void sent.push({ statement, values }) })
  for (let i = 0; i < SMALL; i++) await makePerson(await makeTestOrg('Small'))
  large = await makeTestOrg('Large')
  await withOrg(large.orgId, (tx) =>
    tx.execute(sql`
      insert into users (org_id, id, user_name, user_name_key, active, source, display_name, name_key, attributes, role,
        role_reasons, version, session_epoch, created_at, updated_at)
      select ${large.orgId}::uuid, gen_random_uuid(), 'p' || n || '@x.example', 'p' || n || '@x.example', true, 'okta',
        'P ' || n, 'p ' || n, '{}', 'member', '[]', 1, 1, now() + n * interval '1 ms', now()
      from generate_series(1, ${MANY}::int) n`),
  )
  await analyze('users', 'group_members')
}, 180_000)
afterAll(shutdown)

/**
 * How many pages a statement looks at that was sent before, what its functions do included; nothing stays written. The
 * second time, for the first makes the plans.
 */
async function pagesRead({ statement, values }: Sent): Promise<number> {
  const none = new Error('none of it')
  let pages = 0
  const run = pool().begin(async (tx) => {
    await tx.unsafe(setOrg(large.orgId))
    for (let i = 0; i < 2; i++) {
      const [row] = await tx.unsafe(`explain (analyze, buffers, format json) ${statement}`, anew(values))
      const plan = row?.['QUERY PLAN'][0].Plan
      pages = plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
    }
    throw none
  })
  await expect(run).rejects.toBe(none)
  return pages
}

/** An event is written once: the same again is another. */
const anew = (values: unknown[]) =>
  values.map((each) =>
    typeof each === 'string' ? each.replace(/("event":\{"id":")[^"]+/, `$1${newId()}`) : each,
  ) as ParameterOrJSON<never>[]

test.each(['none', 'manager'])(
  'one who joins a group that gives the role %s in a large company among many small ones is found by the primary key, not among everybody',
  async (role) => {
    const group = String((await send(large, 'POST', '/Groups', { displayName: `Team of ${role}` })).body.id)
    if (role !== 'none') await saveMapping({ org: large, actor: { kind: 'system' } }, group, role)
    const somebody = await makePerson(large)
    sent = []
    expect((await send(large, 'PATCH', `/Groups/${group}`, addMembers([somebody]))).status).toBe(204)
    for (const name of ['find_group', 'save_group']) {
      const found = sent.filter(({ statement }) => statement.includes(`${name}(`))
      expect(found).toHaveLength(1)
      for (const each of found) expect(await pagesRead(each), name).toBeLessThan(FEW_PAGES)
    }
  },
)

test('a page of a large company among many small ones takes its people by the primary key, not from among everybody', async () => {
  sent = []
  const pages: number[] = []
  for (const count of [0, 10]) {
    expect((await send(large, 'GET', `/Users?count=${count}`)).status).toBe(200)
    const found = sent.filter(({ statement }) => statement.includes('list_people('))
    for (const each of found) pages.push(await pagesRead(each))
    sent = []
  }
  const [counted = 0, listed = 0] = pages
  expect(counted).toBeGreaterThan(0)
  expect(listed - counted).toBeLessThan(TEN_PEOPLE_PAGES)
})

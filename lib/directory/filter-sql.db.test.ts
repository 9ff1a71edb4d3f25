import { and, eq, type SQL, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { groups, users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { analyze } from '@/db/test-analyze'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { parseFilter } from '@/lib/scim/filter'
import { evaluateFilter } from '@/lib/scim/filter-eval'
import { groupSource, userSource } from './filter-sources'
import { filterSql } from './filter-sql'
import { anyFilter } from './test/any-filter'
import { BASE, fillWithOddPeople, SEED, WORDS } from './test/odd-people'

const LONG = process.env.ROLLCALL_LONG === '1'

let porter: TestOrg
let crowd: TestOrg
let everyone: Record<string, unknown>[]
let teams: Record<string, unknown>[]
let values: string[]

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  ;({ everyone, teams, values } = await fillWithOddPeople(porter.orgId))
})

// Enough people, and statistics about them, for an index to be worth it.
beforeAll(async () => {
  crowd = await makeTestOrg('Crowd')
  await withOrg(crowd.orgId, (tx) =>
    tx.execute(sql`insert into users (org_id, id, user_name, user_name_key, external_id, active, source, display_name,
        attributes, role, role_reasons, created_at, updated_at)
      select ${crowd.orgId}::uuid, gen_random_uuid(), 'Person ' || i, 'person ' || i, '00u' || i, true, 'okta', 'Person',
        '{}', 'member', '[]', timestamptz '2026-01-01' + make_interval(hours => i % 3000), now()
      from generate_series(1, 5000) i`),
  )
  await analyze('users')
})
afterAll(shutdown)

const select = (table: typeof users | typeof groups, where: SQL) =>
  withOrg(porter.orgId, async (tx) => {
    const rows = await tx
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.orgId, porter.orgId), where))
    return rows.map((row) => row.id).sort()
  })

const matching = (text: string, type: 'User' | 'Group', all: Record<string, unknown>[]) =>
  all
    .filter((each) => evaluateFilter(parseFilter(text, type), each))
    .map((each) => String(each.id))
    .sort()

test('a filter in SQL and in memory selects the same users', async () => {
  const source = userSource(BASE)
  const property = fc.asyncProperty(anyFilter('User', values), async (text) => {
    const found = await select(users, filterSql(parseFilter(text, 'User', { maxLength: 100_000 }), source))
    expect(found).toEqual(matching(text, 'User', everyone))
  })
  await fc.assert(property, { seed: SEED, numRuns: LONG ? 20_000 : 800 })
}, 600_000)

test('a filter in SQL and in memory selects the same groups', async () => {
  const source = groupSource(BASE)
  const property = fc.asyncProperty(anyFilter('Group', values), async (text) => {
    const found = await select(groups, filterSql(parseFilter(text, 'Group', { maxLength: 100_000 }), source))
    expect(found).toEqual(matching(text, 'Group', teams))
  })
  await fc.assert(property, { seed: SEED, numRuns: LONG ? 10_000 : 400 })
}, 600_000)

test('text folds in SQL as it does in memory, each word against each', async () => {
  for (const one of WORDS) {
    const filter = `title eq ${JSON.stringify(one)} or emails.value sw ${JSON.stringify(one)} or name.familyName co ${JSON.stringify(one)}`
    expect(await select(users, filterSql(parseFilter(filter, 'User'), userSource(BASE)))).toEqual(
      matching(filter, 'User', everyone),
    )
  }
})

test.each([
  ['userName eq "Person 7"', 'users_user_name', 'user_name_key'],
  ['externalId eq "00u7"', 'users_external', 'external_id'],
  ['id eq "01900000-0000-7000-8000-000000000000"', 'users_org_id_id_pk', 'id'],
  // Rare in the whole table, not in this org alone: other tests make most people now, and the planner counts them too.
  ['meta.created lt "2026-01-03T00:00:00Z"', 'users_created', 'created_at'],
])('under row-level security, as the app’s role, %s uses the index %s', async (text, index, column) => {
  const where = filterSql(parseFilter(text, 'User'), userSource(BASE))
  const plan = await withOrg(crowd.orgId, async (tx) => {
    const query = sql`explain (format json) select ${users.id} from ${users}
      where ${users.orgId} = ${crowd.orgId}::uuid and ${users.deletedAt} is null and ${where}`
    return JSON.stringify(await tx.execute(query))
  })
  expect(plan).toContain(index)
  // In the condition of the index: not what is read by it and thrown away after.
  expect(plan).toMatch(new RegExp(`"Index Cond":"[^"]*AND \\(${column} `))
})

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withOrg } from '@/db/tenant'
import { analyze } from '@/db/test-analyze'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { watchDatabase } from '@/db/test-statements'
import { listSessions } from '@/lib/auth/sessions'
import { getOverview } from '@/lib/events/overview'
import { newId } from '@/lib/ids'
import { previewOff } from '@/lib/orgs/provisioning-state'
import { shutdown } from '@/lib/process'
import { COUNTED_TO, countUsers } from './count-users'
import { exportUsers } from './export-users'
import { groupFacet } from './group-facet'
import { listUsers, type UserQuery, type UserSort } from './list-users'
import { addPerson, deactivatePerson } from './manage-users'
import { getPerson } from './person'
import { listLife } from './person-timeline'
import { createGroup } from './scim-groups'
import { createUser } from './scim-users'

const LONG = process.env.ROLLCALL_LONG === '1'
/** People of the loaded org: so many that a list without its index shows. */
const MANY = LONG ? 100_000 : 20_000

let small: TestOrg
let big: TestOrg
let rabbit: TestOrg
let crowd: string[]
const { statements, rowsRead } = watchDatabase()

beforeAll(async () => {
  small = await makeTestOrg('Porter', { domainPolicy: 'off' })
  rabbit = await makeTestOrg('White Rabbit', { domainPolicy: 'off' })
  big = await makeTestOrg('Crowd', { domainPolicy: 'off' })
  crowd = await Promise.all(['Zoë Adams', 'adam Ünal', 'Bob =1+1', 'حسن علي', 'Ada Byron', 'Ada Byron'].map(make))
  await load(big, MANY)
}, 180_000)
afterAll(shutdown)

async function make(name: string): Promise<string> {
  const userName = `${newId()}@porter.example`
  const write = { org: small, actor: { kind: 'okta', tokenId: 't' }, options: { mode: 'okta' } } as const
  return (await createUser(write, { userName, displayName: name })).row.id
}

/** People as rows: one in 20 is deactivated, one in 100 is local, one in 1,000 an admin, two in three never signed in. */
async function load({ orgId }: TestOrg, n: number) {
  await withOrg(orgId, (tx) =>
    tx.execute(sql`
      insert into users (org_id, id, user_name, user_name_key, active, source, display_name, name_key, email, email_key,
        attributes, role, role_reasons, created_at, updated_at, last_sign_in_at)
      select ${orgId}::uuid, gen_random_uuid(), u, u, n % 20 <> 0, case when n % 100 = 0 then 'local' else 'okta' end,
        'Person ' || md5(n::text), 'person ' || md5(n::text), u, u,
        jsonb_build_object('userName', u, 'active', n % 20 <> 0, 'title', 'Engineer of things'),
        case when n % 1000 = 0 then 'admin' else 'member' end, '[{"by":"default","role":"member"}]',
        now() - n * interval '1 minute', now() - (n * 7919 % ${n}::int) * interval '1 minute',
        case when n % 3 = 0 then now() - n * interval '1 hour' end
      from (select n, 'person' || n || '@crowd.example' as u from generate_series(1, ${n}::int) n) x`),
  )
  await analyze('users')
}

const names = async (query: UserQuery) => (await listUsers(small.orgId, query)).users.map((user) => user.displayName)

describe('the list', () => {
  test('is in the order of names as people read them, whatever their letters’ case', async () => {
    expect(await names({})).toEqual(['Ada Byron', 'Ada Byron', 'adam Ünal', 'Bob =1+1', 'Zoë Adams', 'حسن علي'])
  })

  test.each([
    ['byron', 2],
    ['ADA', 4],
    ['ada byron', 2],
    ['ünal', 1],
    ['حسن', 1],
    ['%', 0],
    ['_', 0],
    ['\\', 0],
    ['\0', 6],
    ['nobody', 0],
  ])('a search for %j finds %i: every word is in a name or an address', async (q, n) => {
    expect(await names({ q })).toHaveLength(n)
    expect((await countUsers(small.orgId, { q })).all).toBe(n)
  })

  test('filters and tabs combine, and the counts are of the same filters', async () => {
    const ctx = { org: small, actor: { kind: 'user', id: newId(), name: 'A' }, actorRole: 'admin' } as const
    const email = 'local@porter.example'
    const form = {
      givenName: 'Lo',
      familyName: 'Cal',
      displayName: '',
      title: '',
      department: '',
      email,
      userName: email,
    }
    const added = await addPerson(ctx, form, 'manager')
    if (!added.ok) throw new Error(added.sentence)
    expect(await names({ source: 'local', role: 'manager' })).toEqual(['Lo Cal'])
    await deactivatePerson(ctx, added.userId)
    expect(await names({ source: 'local', tab: 'active' })).toEqual([])
    expect(await names({ tab: 'inactive' })).toEqual(['Lo Cal'])
    expect(await countUsers(small.orgId, { source: 'local' })).toEqual({ active: 0, inactive: 1, all: 1 })
  })

  test('of a group shows its people, and each person their groups', async () => {
    const write = { org: small, actor: { kind: 'okta', tokenId: 't' }, options: { mode: 'okta' } } as const
    const members = crowd.slice(0, 2).map((value) => ({ value }))
    const made = await createGroup(write, { displayName: 'Operations', members })
    const group = made.row.id
    const { users } = await listUsers(small.orgId, { group })
    expect(users.map(({ groups }) => groups)).toEqual([
      { total: 1, names: ['Operations'] },
      { total: 1, names: ['Operations'] },
    ])
    expect(await groupFacet(small.orgId, group)).toMatchObject({ current: 'Operations', more: false })
    expect(await groupFacet(rabbit.orgId, group)).toEqual({ shown: [], more: false, current: null })
    expect((await listUsers(rabbit.orgId, { group })).users).toEqual([])
  })

  test.each([
    '',
    'x',
    'bm90',
    Buffer.from('["a","b"]').toString('base64url'),
    Buffer.from('[1]').toString('base64url'),
  ])('a place that is none (%j) shows the first page', async (after) => {
    expect(await names({ after })).toEqual(await names({}))
    expect(await names({ before: after })).toEqual(await names({}))
  })
})

describe('pages', () => {
  const sorts: UserSort[] = ['name', 'signin', 'updated', 'created']
  const orders = ['asc', 'desc'] as const
  const cases = sorts.flatMap((sort) => orders.map((order) => [sort, order] as const))

  test.each(cases)('by %s %s: forwards everybody once, backwards the same', async (sort, order) => {
    const query = { sort, order, role: 'admin', limit: 7 } as const
    const whole = (await listUsers(big.orgId, { ...query, limit: 1000 })).users.map(({ id }) => id)
    expect(whole).toHaveLength(MANY / 1000)
    const seen: string[] = []
    const firsts: string[] = []
    let page = await listUsers(big.orgId, query)
    for (;;) {
      seen.push(...page.users.map(({ id }) => id))
      firsts.push(page.users[0]?.id ?? '')
      if (!page.next) break
      page = await listUsers(big.orgId, { ...query, after: page.next })
    }
    expect(seen).toEqual(whole)
    while (page.prev) {
      firsts.pop()
      page = await listUsers(big.orgId, { ...query, before: page.prev })
      expect(page.users[0]?.id).toBe(firsts.at(-1))
    }
    expect(firsts).toHaveLength(1)
  })

  test('of an org of any size ask the same few statements, whoever is on them', async () => {
    const page = (org: TestOrg, query: UserQuery) =>
      statements(() =>
        Promise.all([listUsers(org.orgId, query), countUsers(org.orgId, query), groupFacet(org.orgId, null)]),
      )
    const few = await page(small, { limit: 2 })
    expect(few).toHaveLength(4)
    for (const query of [{}, { q: 'person' }, { role: 'admin', sort: 'signin' }, { tab: 'inactive' }] as const) {
      expect((await page(big, query)).length, JSON.stringify(query)).toBe(4)
    }
  })

  test('of a person too', async () => {
    const [id = ''] = crowd
    const page = () =>
      statements(() =>
        Promise.all([getPerson(small.orgId, id), listSessions(small.orgId, id), listLife(small.orgId, id, {})]),
      )
    expect((await page()).length).toBeLessThanOrEqual(10)
  })

  const queries: [string, UserQuery][] = [
    ['by name', {}],
    ['by last sign-in', { sort: 'signin' }],
    ['by last change', { sort: 'updated' }],
    ['newest first', { sort: 'created' }],
    ['deactivated', { tab: 'inactive' }],
    ['admins', { role: 'admin' }],
    ['local', { source: 'local' }],
  ]
  test.each(queries)(
    `of ${MANY.toLocaleString('en-US')} people %s read a page of an index, not the people`,
    async (_, query) => {
      expect((await listUsers(big.orgId, query)).users.length).toBeGreaterThan(MANY / 1000 - 1)
      expect(await rowsRead(big.orgId, () => listUsers(big.orgId, query))).toBeLessThanOrEqual(500)
    },
  )

  test('a search that finds nobody looks at each person once, and the counts stop where they say “more”', async () => {
    for (const sort of sorts)
      expect(await rowsRead(big.orgId, () => listUsers(big.orgId, { q: 'nobody at all', sort }))).toBeLessThan(
        1.01 * MANY,
      )
    const counted = await rowsRead(big.orgId, () => countUsers(big.orgId, {}))
    expect(counted).toBeLessThanOrEqual(2 * (COUNTED_TO + 1))
    expect(await rowsRead(big.orgId, () => countUsers(big.orgId, { q: 'nobody at all' }))).toBeLessThan(1.01 * MANY)
  })
})

test('counts are exact to 10,000, above that they say so', async () => {
  const { active, inactive, all } = await countUsers(big.orgId)
  expect({ active, inactive, all }).toEqual({ active: COUNTED_TO + 1, inactive: MANY / 20, all: COUNTED_TO + 1 })
})

test('what switching SCIM off would mean is counted no further than it is said', async () => {
  const { people, held } = await previewOff(big.orgId)
  // Those who are local, one in 100, are deactivated all.
  expect({ people, held }).toEqual({ people: { active: COUNTED_TO + 1, inactive: MANY / 20 - MANY / 100 }, held: 0 })
  // Those looked at and left out, one in 20, and the few.
  expect(await rowsRead(big.orgId, () => previewOff(big.orgId))).toBeLessThan(1.1 * COUNTED_TO + 0.06 * MANY)
})

test('the people of a company that came late are not looked for in the whole table', async () => {
  const late = await makeTestOrg('Late', { domainPolicy: 'off' })
  await load(late, COUNTED_TO / 2)
  const read = (run: () => Promise<unknown>) => rowsRead(late.orgId, run)
  const once = 1.1 * (COUNTED_TO / 2)
  expect(await read(() => countUsers(late.orgId))).toBeLessThan(once)
  expect(await read(() => previewOff(late.orgId))).toBeLessThan(once + COUNTED_TO / 20)
  expect(await read(() => listUsers(late.orgId, { q: 'nobody at all' }))).toBeLessThan(once)
  expect(await read(() => getOverview(late.orgId))).toBeLessThan(1000)
})

describe('an export', () => {
  const text = async (org: TestOrg, filter = {}) => {
    let all = ''
    for await (const part of exportUsers(org.orgId, filter)) all += part
    return all
  }

  test('holds everybody of the filter once, in batches', async () => {
    const lines = (await text(big, { tab: 'inactive' })).trim().split('\r\n')
    expect(lines).toHaveLength(1 + MANY / 20)
    expect(new Set(lines).size).toBe(lines.length)
  })

  test('no cell is run as a formula', async () => {
    const { users } = await listUsers(small.orgId, { q: 'bob' })
    expect(users).toHaveLength(1)
    await make('=HYPERLINK("x")')
    expect(await text(small)).toContain(`"'=HYPERLINK(""x"")"`)
  })

  test('of another company holds none of ours', async () => {
    expect((await text(rabbit)).trim().split('\r\n')).toHaveLength(1)
  })
})

test('another company’s list and counts are empty', async () => {
  expect((await listUsers(rabbit.orgId)).users).toEqual([])
  expect(await countUsers(rabbit.orgId)).toEqual({ active: 0, inactive: 0, all: 0 })
})

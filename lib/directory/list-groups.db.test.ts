import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withOrg } from '@/db/tenant'
import { analyze } from '@/db/test-analyze'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { watchDatabase } from '@/db/test-statements'
import { listEvents } from '@/lib/events/query'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { COUNTED_TO } from './count-users'
import { getGroup, groupResourceOf } from './group'
import { countGroups, type GroupQuery, listGroups } from './list-groups'
import { listUsers } from './list-users'
import { getPerson } from './person'
import { saveMapping } from './role-mappings'
import { createGroup, type GroupWrite, patchGroup } from './scim-groups'
import { createUser } from './scim-users'

/** The large group; the short form is just over what is counted. */
const MANY = process.env.ROLLCALL_LONG === '1' ? 50_000 : 10_500
const LONG_NAME = `Zentrale ${'Überwachungs'.repeat(35)}`

let porter: TestOrg
let crowd: TestOrg
let rabbit: TestOrg
let ann: string
let everyone: string
const { statements } = watchDatabase()
const okta = (org: TestOrg): GroupWrite => ({
  org,
  actor: { kind: 'okta', tokenId: 't' },
  options: { mode: 'okta' },
})
const make = async (displayName: string, members: string[] = [], org = porter) =>
  (await createGroup(okta(org), { displayName, members: members.map((value) => ({ value })) })).row.id

beforeAll(async () => {
  porter = await makeTestOrg('Porter', { domainPolicy: 'off' })
  crowd = await makeTestOrg('Crowd', { domainPolicy: 'off' })
  rabbit = await makeTestOrg('White Rabbit')
  const { respond: _, ...write } = okta(porter)
  ann = (await createUser(write, { userName: 'ann@porter.example', displayName: 'Ann' })).row.id
  for (const name of ['managers', 'Everyone', 'إدارة العمليات', LONG_NAME, '100 % sure']) await make(name, [ann])
  everyone = await make('Everyone', [], crowd)
  await load(crowd)
}, 180_000)
afterAll(shutdown)

/** People, all of them in one group, every tenth of them in a second one, and 200 groups around the first person. */
async function load({ orgId }: TestOrg) {
  const tenth = await make('Tenth', [], crowd)
  await withOrg(orgId, async (tx) => {
    await tx.execute(sql`
      insert into users (org_id, id, user_name, user_name_key, active, source, display_name, name_key, email, email_key,
        attributes, role, role_reasons, created_at, updated_at)
      select ${orgId}::uuid, gen_random_uuid(), u, u, true, 'okta', 'Person ' || lpad(n::text, 6, '0'),
        'person ' || lpad(n::text, 6, '0'), u, u, jsonb_build_object('userName', u, 'active', true), 'member',
        '[{"by":"default","role":"member"}]', now(), now()
      from (select n, 'person' || n || '@crowd.example' as u from generate_series(1, ${MANY}::int) n) x`)
    await tx.execute(sql`
      insert into group_members (org_id, group_id, user_id)
      select ${orgId}::uuid, ${everyone}::uuid, id from users where org_id = ${orgId}::uuid
      union all
      select ${orgId}::uuid, ${tenth}::uuid, id from users where org_id = ${orgId}::uuid and user_name like '%0@%'`)
    await tx.execute(sql`
      with made as (
        insert into groups (org_id, id, display_name, display_name_key, created_at, updated_at)
        select ${orgId}::uuid, gen_random_uuid(), 'Team ' || lpad(n::text, 3, '0'), 'team ' || lpad(n::text, 3, '0'),
          now(), now() from generate_series(1, 200) n returning id)
      insert into group_members (org_id, group_id, user_id)
      select ${orgId}::uuid, made.id, u.id from made cross join users u
      where u.org_id = ${orgId}::uuid and u.user_name = 'person1@crowd.example'`)
  })
  await analyze('users', 'group_members')
}

const names = async (query: GroupQuery = {}) =>
  (await listGroups(porter.orgId, query)).groups.map((each) => each.displayName)

describe('the list of groups', () => {
  test('is in the order of names, whatever their letters’ case or script', async () => {
    expect(await names()).toEqual(['100 % sure', 'Everyone', 'managers', LONG_NAME, 'إدارة العمليات'])
  })

  test.each([
    ['MANAG', ['managers']],
    ['%', ['100 % sure']],
    ['العمليات إدارة', ['إدارة العمليات']],
    ['nobody has this', []],
  ])('a search for %j finds by every word', async (q, found) => {
    expect(await names({ q })).toEqual(found)
    expect((await countGroups(porter.orgId, { q })).all).toBe(found.length)
  })

  test('pages forwards and backwards by place, also past the longest names', async () => {
    const all = await names()
    const seen: string[] = []
    let after: string | undefined
    let prev: string | undefined
    do {
      const page = await listGroups(porter.orgId, { limit: 2, after })
      seen.push(...page.groups.map((each) => each.displayName))
      if (page.next) prev = (await listGroups(porter.orgId, { limit: 2, after: page.next })).prev
      after = page.next
    } while (after)
    expect(seen).toEqual(all)
    expect(await names({ limit: 2, before: prev })).toEqual(all.slice(2, 4))
    expect(await names({ limit: 2, after: 'no place' })).toEqual(all.slice(0, 2))
  })

  test('says what a group gives, who made it so, and when Okta last pushed it', async () => {
    const id = await make('Drivers', [ann])
    await saveMapping({ org: porter, actor: { kind: 'user', id: ann, name: 'Ann' } }, id, 'manager')
    const drivers = async () => (await listGroups(porter.orgId, { tab: 'mapped' })).groups
    expect(await drivers()).toMatchObject([
      { id, members: 1, mapping: { role: 'manager', by: { id: ann, name: 'Ann' } }, push: { outcome: 'success' } },
    ])
    expect(await countGroups(porter.orgId)).toEqual({ all: 6, mapped: 1 })
    await patchGroup(okta(porter), id, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path: 'members', value: [{ value: ann }] }],
    })
    expect((await drivers())[0]?.push).toMatchObject({ outcome: 'skipped' })
    await saveMapping({ org: porter, actor: { kind: 'system' } }, id, null)
    expect(await drivers()).toEqual([])
  })

  test('shows another company nothing, by list, count, id or place', async () => {
    const [first] = (await listGroups(porter.orgId)).groups
    const { next } = await listGroups(porter.orgId, { limit: 1 })
    expect(await listGroups(rabbit.orgId)).toEqual({ groups: [] })
    expect(await listGroups(rabbit.orgId, { after: next })).toEqual({ groups: [] })
    expect(await countGroups(rabbit.orgId)).toEqual({ all: 0, mapped: 0 })
    expect(await getGroup(rabbit.orgId, first?.id ?? '')).toBeNull()
    expect(await getGroup(porter.orgId, 'no-id')).toBeNull()
    expect(await getGroup(porter.orgId, newId())).toBeNull()
  })
})

describe(`a group of ${MANY.toLocaleString('en-US')}`, () => {
  test('is counted exactly on its page and as “more than 10,000” in the list', async () => {
    expect(await getGroup(crowd.orgId, everyone)).toMatchObject({ members: MANY, refs: null })
    const listed = (await listGroups(crowd.orgId, { q: 'everyone' })).groups
    expect(listed).toMatchObject([{ id: everyone, members: COUNTED_TO + 1 }])
  })

  test('is paged by name without a gap, and searched', async () => {
    const first = await listUsers(crowd.orgId, { group: everyone })
    const second = await listUsers(crowd.orgId, { group: everyone, after: first.next })
    expect([first.users[0], second.users[0]]).toMatchObject([
      { displayName: 'Person 000001', groups: { total: 201 + (MANY % 10 === 1 ? 1 : 0) } },
      { displayName: 'Person 000051' },
    ])
    const found = await listUsers(crowd.orgId, { group: everyone, q: '010499' })
    expect(found.users.map((each) => each.displayName)).toEqual(['Person 010499'])
  })

  test('leaves its people out of the resource, and says so in the address', async () => {
    const group = await getGroup(crowd.orgId, everyone)
    if (!group) throw new Error('The group is missing')
    const { url, body } = groupResourceOf(crowd.slug, group)
    expect(body).not.toHaveProperty('members')
    expect(url).toMatch(/\?excludedAttributes=members$/)
  })
})

test('pages send a fixed number of statements, however many groups and people they show', async () => {
  const { orgId } = crowd
  const [person] = (await listUsers(orgId, { group: everyone, limit: 1 })).users
  const counts = {
    list: await statements(() => Promise.all([listGroups(orgId), countGroups(orgId)])),
    group: await statements(() =>
      Promise.all([
        getGroup(orgId, everyone),
        listUsers(orgId, { group: everyone }),
        listEvents(orgId, { targetId: everyone }),
      ]),
    ),
    inManyGroups: await statements(() => getPerson(orgId, person?.id ?? '')),
  }
  const sent = Object.fromEntries(Object.entries(counts).map(([name, list]) => [name, list.length]))
  expect(sent).toEqual({ list: 3, group: 6, inManyGroups: 4 })
})

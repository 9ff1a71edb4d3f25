import { and, asc, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createGroup } from '@/lib/directory/scim-groups'
import { createUser, deleteUser } from '@/lib/directory/scim-users'
import { shutdown } from '@/lib/process'
import { oktaUser } from '@/lib/scim-api/test/client'
import { listPeople } from './list-people'
import { users } from './schema'
import { confine, withOrg } from './tenant'
import { makeTestOrg, type TestOrg } from './test-orgs'

let porter: TestOrg
let rabbit: TestOrg
let ids: string[]
const write = (org: TestOrg) => ({ org, actor: { kind: 'system' }, options: { mode: 'okta' } }) as const

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
  const made: string[] = []
  for (let i = 0; i < 8; i++) made.push((await createUser(write(porter), oktaUser(`p${i}@porter.example`))).row.id)
  await deleteUser(write(porter), made[3] ?? '')
  ids = made.filter((_, i) => i !== 3)
  await createUser(write(rabbit), oktaUser('alice@white-rabbit.example'))
  for (const displayName of ['Sales', 'Support']) {
    await createGroup(write(porter), { displayName, members: [{ value: ids[1] }, { value: ids[5] }] })
  }
})
afterAll(shutdown)

test.each([
  [0, 3, [0, 1, 2]],
  [2, 3, [2, 3, 4]],
  [4, 3, [4, 5, 6]],
  [5, 200, [5, 6]],
  [0, 200, [0, 1, 2, 3, 4, 5, 6]],
  [6, 1, [6]],
  [7, 3, []],
  [Number.MAX_SAFE_INTEGER, 3, []],
  [2, 0, []],
])(
  'past the first %i of seven at most %i: those, in the order they were created, and seven in all',
  async (before, count, expected) => {
    const { total, people } = await listPeople(porter.orgId, before, count)
    expect(total).toBe(7)
    expect(people.map(({ row }) => row.id)).toEqual(expected.map((i) => ids[i]))
  },
)

test('each is read exactly as the table has them, with every group', async () => {
  const { people } = await listPeople(porter.orgId, 0, 200)
  const stored = await withOrg(porter.orgId, (tx) =>
    tx
      .select()
      .from(users)
      .where(and(eq(users.orgId, porter.orgId), isNull(users.deletedAt)))
      .orderBy(asc(users.createdAt), asc(users.id)),
  )
  expect(people.map(({ row }) => row)).toEqual(stored)
  const inBoth = [1, 5].map((i) => ids[i])
  for (const { row, groups } of people) {
    expect(groups.map(({ display }) => display)).toEqual(inBoth.includes(row.id) ? ['Sales', 'Support'] : [])
  }
})

test('confined to one org, of another nobody is listed nor counted', async () => {
  expect(await confine(rabbit.orgId, () => listPeople(porter.orgId, 0, 200))).toEqual({ total: 0, people: [] })
  expect((await confine(porter.orgId, () => listPeople(porter.orgId, 0, 200))).total).toBe(7)
})

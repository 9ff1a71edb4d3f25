import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createGroup } from '@/lib/directory/scim-groups'
import { createUser, deleteUser } from '@/lib/directory/scim-users'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { oktaUser } from '@/lib/scim-api/test/client'
import { findUserBy } from './find-user'
import { users } from './schema'
import { confine, withOrg } from './tenant'
import { makeTestOrg, type TestOrg } from './test-orgs'

let porter: TestOrg
let rabbit: TestOrg
const write = (org: TestOrg) => ({ org, actor: { kind: 'system' }, options: { mode: 'okta' } }) as const

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
})
afterAll(shutdown)

test('a person is read in one call exactly as the table has them, by each key', async () => {
  const { row } = await createUser(write(porter), oktaUser('john.doe@porter.example'))
  await createGroup(write(porter), { displayName: 'Sales', members: [{ value: row.id }] })
  const [stored] = await withOrg(porter.orgId, (tx) =>
    tx
      .select()
      .from(users)
      .where(and(eq(users.orgId, porter.orgId), eq(users.id, row.id))),
  )
  for (const key of [{ id: row.id }, { userNameKey: row.userNameKey }, { externalId: row.externalId ?? '' }]) {
    const found = await findUserBy(porter.orgId, key)
    expect(found?.row).toEqual(stored)
    expect(found).toMatchObject({ sub: null, groups: [{ display: 'Sales', role: null }] })
  }
})

test('nobody is found under another org, under an unknown id, or once deleted', async () => {
  const { row } = await createUser(write(porter), oktaUser('gone@porter.example'))
  expect(await findUserBy(rabbit.orgId, { id: row.id })).toBeNull()
  expect(await findUserBy(porter.orgId, { id: newId() })).toBeNull()
  await deleteUser(write(porter), row.id)
  expect(await findUserBy(porter.orgId, { userNameKey: row.userNameKey })).toBeNull()
})

test('confined to one org, nobody of another is found', async () => {
  const { row } = await createUser(write(porter), oktaUser('confined@porter.example'))
  expect(await confine(rabbit.orgId, () => findUserBy(porter.orgId, { id: row.id }))).toBeNull()
  expect(await confine(porter.orgId, () => findUserBy(porter.orgId, { id: row.id }))).not.toBeNull()
})

import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveMapping } from '@/lib/directory/role-mappings'
import { createGroup } from '@/lib/directory/scim-groups'
import { createUser, deleteUser } from '@/lib/directory/scim-users'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { oktaUser } from '@/lib/scim-api/test/client'
import { findGroupBy } from './find-group'
import { groups } from './schema'
import { confine, withOrg } from './tenant'
import { makeTestOrg, type TestOrg } from './test-orgs'

let porter: TestOrg
let rabbit: TestOrg
const write = (org: TestOrg) => ({ org, actor: { kind: 'system' }, options: { mode: 'okta' } }) as const
const person = async (org: TestOrg, name: string) => (await createUser(write(org), oktaUser(`${name}@x.example`))).row
const group = async (org: TestOrg, displayName: string) =>
  (await createGroup(write(org), { displayName, externalId: `okta-${displayName}` })).row

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
})
afterAll(shutdown)

test('a group is read in one call exactly as the table has it, with the role it gives', async () => {
  const { id } = await group(porter, 'Sales')
  const [stored] = await withOrg(porter.orgId, (tx) =>
    tx
      .select()
      .from(groups)
      .where(and(eq(groups.orgId, porter.orgId), eq(groups.id, id))),
  )
  expect(await findGroupBy(porter.orgId, id, [])).toEqual({ row: stored, mapping: null, people: [] })
  await saveMapping({ org: porter, actor: { kind: 'system' } }, id, 'manager')
  expect(await findGroupBy(porter.orgId, id, [])).toMatchObject({ mapping: 'manager' })
})

test('of the people asked for, those of this org who are not deleted are found', async () => {
  const { id } = await group(porter, 'Support')
  const [here, gone, other] = [
    await person(porter, 'here'),
    await person(porter, 'gone'),
    await person(rabbit, 'other'),
  ]
  await deleteUser(write(porter), gone.id)
  const found = await findGroupBy(porter.orgId, id, [here.id, gone.id, other.id, newId()])
  expect(found?.people).toEqual([{ value: here.id, display: here.displayName }])
})

test('under another org, confined to another org, or by an unknown id there is no such group', async () => {
  const { id } = await group(porter, 'Secret')
  expect(await findGroupBy(rabbit.orgId, id, [])).toBeNull()
  expect(await findGroupBy(porter.orgId, newId(), [])).toBeNull()
  expect(await confine(rabbit.orgId, () => findGroupBy(porter.orgId, id, []))).toBeNull()
  expect(await confine(porter.orgId, () => findGroupBy(porter.orgId, id, []))).not.toBeNull()
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { saveMapping } from './role-mappings'
import { createGroup } from './scim-groups'
import { createUser } from './scim-users'
import { whyRoles } from './why-role'

let porter: TestOrg
let rabbit: TestOrg
const write = (org: TestOrg) => ({ org, actor: { kind: 'okta', tokenId: 't' }, options: { mode: 'okta' } }) as const

beforeAll(async () => {
  porter = await makeTestOrg('Porter', { domainPolicy: 'off', scimRoles: ['manager'] })
  rabbit = await makeTestOrg('White Rabbit')
})
afterAll(shutdown)

test('names all that gives the role, highest first, and what gives none', async () => {
  const roles = [{ value: 'manager' }, { value: 'admin' }, { value: 'superuser' }]
  const { row: ann } = await createUser(write(porter), { userName: 'ann@x.example', displayName: 'Ann Lee', roles })
  await createUser(write(porter), { userName: 'bob@x.example', displayName: 'Bob Lee' })
  const members = [{ value: ann.id }]
  const { row: admins } = await createGroup(write(porter), { displayName: 'IT', members })
  await createGroup(write(porter), { displayName: 'owner', members })
  await saveMapping({ org: porter, actor: { kind: 'system' } }, admins.id, 'admin')

  expect(await whyRoles(porter.orgId, 'lee')).toEqual([
    {
      id: ann.id,
      displayName: 'Ann Lee',
      userName: 'ann@x.example',
      active: true,
      role: 'admin',
      reasons: [
        { by: 'group', role: 'admin', groupId: admins.id, groupName: 'IT' },
        { by: 'scim-role', role: 'manager', value: 'manager' },
      ],
      withoutEffect: ['admin', 'superuser'],
      otherGroups: 1,
    },
    expect.objectContaining({ role: 'member', reasons: [{ by: 'default', role: 'member' }], otherGroups: 0 }),
  ])
  expect(await whyRoles(porter.orgId, 'nobody')).toEqual([])
  expect(await whyRoles(rabbit.orgId, 'lee')).toEqual([])
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { listEvents } from '@/lib/events/query'
import { newId } from '@/lib/ids'
import { getOrg } from '@/lib/orgs/orgs'
import { shutdown } from '@/lib/process'
import { listCatalogue } from './catalogue'
import { type OrgRoles, previewOrgRoles, setOrgRoles } from './org-roles'
import { createUser, type ScimWrite } from './scim-users'
import { findUser } from './write-user'

let porter: TestOrg
let rabbit: TestOrg
const admin = { kind: 'system' } as const

beforeAll(async () => {
  porter = await makeTestOrg('Porter', { scimRoles: [] })
  rabbit = await makeTestOrg('White Rabbit', { scimRoles: [] })
})
afterAll(shutdown)

const okta = (org: TestOrg): ScimWrite => ({
  org,
  actor: { kind: 'okta', tokenId: 'test' },
  options: { mode: 'okta' },
})
async function person(org: TestOrg, ...roles: string[]): Promise<string> {
  const userName = `${newId()}@${org.domain}`
  const body = {
    userName,
    displayName: 'Ann',
    ...(roles.length > 0 ? { roles: roles.map((value) => ({ value })) } : {}),
  }
  return (await createUser(okta(org), body)).row.id
}
const set = (org: TestOrg, roles: OrgRoles) => setOrgRoles({ org, actor: admin }, roles)
const rowOf = async (org: TestOrg, id: string) => (await withOrg(org.orgId, (tx) => findUser(tx, org.orgId, id)))?.row

test('SCIM roles count once switched on, for those who carry them already, with preview, event and catalogue', async () => {
  const [ann, plain] = [await person(porter, 'manager'), await person(porter)]
  expect((await rowOf(porter, ann))?.role).toBe('member')
  const on: OrgRoles = { scimRoles: ['manager'], defaultRole: 'member' }
  expect(await previewOrgRoles(porter.orgId, on)).toMatchObject({
    byRole: [{ from: 'member', to: 'manager', n: 1 }],
    people: [{ id: ann, from: 'member', to: 'manager' }],
  })
  expect(await listCatalogue(porter.orgId, 'Role', 'http://x')).toEqual([])
  expect(await set(porter, on)).toMatchObject({ ok: true, moves: [{ n: 1 }] })
  expect((await rowOf(porter, ann))?.roleReasons).toEqual([{ by: 'scim-role', role: 'manager', value: 'manager' }])
  expect((await rowOf(porter, plain))?.role).toBe('member')
  expect(await listCatalogue(porter.orgId, 'Role', 'http://x')).toMatchObject([{ id: 'manager' }])
  expect((await listEvents(porter.orgId, { limit: 1 })).events[0]).toMatchObject({
    type: 'org.changed',
    diff: [{ path: 'scimRoles', before: [], after: ['manager'] }],
    effects: { roleMoves: [{ from: 'member', to: 'manager', n: 1 }] },
  })
  expect(await set(porter, on)).toEqual({ ok: true, eventId: null, moves: [] })
  await set(porter, { scimRoles: [], defaultRole: 'member' })
  expect((await rowOf(porter, ann))?.role).toBe('member')
})

test('another default reaches those whom nothing else gives a role, and nobody else', async () => {
  const org = await makeTestOrg('Porter', { scimRoles: ['admin'] })
  const [plain, boss] = [await person(org), await person(org, 'admin')]
  await set(org, { scimRoles: ['admin'], defaultRole: 'manager' })
  expect([(await rowOf(org, plain))?.role, (await rowOf(org, boss))?.role]).toEqual(['manager', 'admin'])
  expect((await getOrg(org.orgId))?.defaultRole).toBe('manager')
})

test.each(['owner', 'root', 'toString'])('SCIM cannot be allowed to give %s', async (value) => {
  expect(await set(porter, { scimRoles: [value], defaultRole: 'member' })).toMatchObject({ ok: false, why: 'role' })
  expect((await getOrg(porter.orgId))?.scimRoles).toEqual([])
})

test('what one company switches on changes nobody of another', async () => {
  const ann = await person(rabbit, 'admin')
  const before = await rowOf(rabbit, ann)
  await set(porter, { scimRoles: ['admin', 'manager'], defaultRole: 'manager' })
  expect(await rowOf(rabbit, ann)).toEqual(before)
  expect(await previewOrgRoles(newId(), { scimRoles: [], defaultRole: 'member' })).toBeNull()
})

test('people created while the settings change come out under the new ones, though their request read the old', async () => {
  const org = await makeTestOrg('Porter')
  for (const defaultRole of ['manager', 'member', 'manager'] as const) {
    const [, ...ids] = await Promise.all([
      set(org, { scimRoles: [], defaultRole }),
      ...Array.from({ length: 8 }, () => person(org, 'manager')),
    ])
    for (const id of ids) expect((await rowOf(org, String(id)))?.role).toBe(defaultRole)
  }
})

import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import type { Role } from '@/db/types'
import { listEvents } from '@/lib/events/query'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { createLocalUser } from './local'
import { setOrgRoles } from './org-roles'
import { saveMapping } from './role-mappings'
import { createGroup } from './scim-groups'
import { patchUser } from './scim-users'
import { type RoleSet, setRole } from './set-role'
import { stateOf } from './user-state'
import { findUser, LastOwnerError, writeUser } from './write-user'

/** Racing attempts, in tens. */
const ATTEMPTS = process.env.ROLLCALL_LONG === '1' ? 100 : 20
const actor = { kind: 'system' } as const

let porter: TestOrg
let rabbit: TestOrg

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
})
afterAll(shutdown)

async function local(org: TestOrg, manualRole: Role | null = null): Promise<string> {
  const userName = `${newId()}@${org.domain}`
  return (await createLocalUser(org.orgId, { userName, displayName: 'Ann', email: userName, manualRole }, actor)).row.id
}
const give = (id: string, role: Role | null, actorRole: Role = 'owner', org = porter) =>
  setRole({ org, actor, actorRole }, id, role)

/** What our own pages do to deactivate somebody. */
const deactivate = (org: TestOrg, id: string) =>
  writeUser({ org, actor, keepOwner: true }, async (tx) => {
    const found = await findUser(tx, org.orgId, id)
    if (!found) throw new Error('gone')
    const state = stateOf(found.row)
    return { found, id, state: { ...state, attributes: { ...state.attributes, active: false } }, trace: [] }
  })
const activeOwners = (org: TestOrg) =>
  withOrg(org.orgId, (tx) =>
    tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.orgId, org.orgId), eq(users.role, 'owner'), eq(users.active, true), isNull(users.deletedAt))),
  )
const roleOf = async (org: TestOrg, id: string) => (await withOrg(org.orgId, (tx) => findUser(tx, org.orgId, id)))?.row

test('a role by hand shows in role, reasons, event and diff; taking it back lets the rest decide', async () => {
  const ann = await local(porter)
  expect(await give(ann, 'manager', 'admin')).toMatchObject({ ok: true, role: 'manager' })
  const [event] = (await listEvents(porter.orgId, { limit: 1 })).events
  expect(event).toMatchObject({
    type: 'user.role_changed',
    outcome: 'success',
    effects: { roleBefore: 'member', roleAfter: 'manager' },
    diff: [
      { path: 'role', before: 'member', after: 'manager' },
      { path: 'manualRole', after: 'manager' },
    ],
  })
  expect((await roleOf(porter, ann))?.roleReasons).toEqual([{ by: 'hand', role: 'manager' }])
  expect(await give(ann, null, 'admin')).toMatchObject({ ok: true, role: 'member' })
  expect((await roleOf(porter, ann))?.roleReasons).toEqual([{ by: 'default', role: 'member' }])
})

test('a hand-given role that changes nothing yet is kept: it counts when the group goes', async () => {
  const ann = await local(porter)
  await give(ann, 'member', 'admin')
  expect((await roleOf(porter, ann))?.manualRole).toBe('member')
})

test.each<[string, Role | null, Role | null, Role, Partial<RoleSet>]>([
  ['an admin may not make an owner', null, 'owner', 'admin', { ok: false, why: 'not-allowed' }],
  ['an admin may not unmake one', 'owner', 'member', 'admin', { ok: false, why: 'not-allowed' }],
  ['a manager gives nothing', null, 'manager', 'manager', { ok: false, why: 'not-allowed' }],
  ['an owner makes an owner', null, 'owner', 'owner', { ok: true }],
  ['an admin makes an admin', null, 'admin', 'admin', { ok: true }],
])('%s', async (_, has, gets, actorRole, expected) => {
  await local(porter, 'owner')
  const id = await local(porter, has)
  expect(await give(id, gets, actorRole)).toMatchObject(expected)
  expect((await roleOf(porter, id))?.manualRole).toBe(expected.ok ? gets : has)
})

test('the last active owner keeps the role and stays in, with a sentence; a deactivated other one does not count', async () => {
  const org = await makeTestOrg('Porter')
  const [olivia, other] = [await local(org, 'owner'), await local(org, 'owner')]
  await deactivate(org, other)
  for (const role of ['admin', 'member', null] as const) {
    expect(await give(olivia, role, 'owner', org)).toEqual({
      ok: false,
      why: 'last-owner',
      sentence: 'Ann is the last active owner. Make somebody else owner first.',
    })
  }
  await expect(deactivate(org, olivia)).rejects.toThrow(LastOwnerError)
  expect(await activeOwners(org)).toEqual([{ id: olivia }])
})

test('another company’s person, an invented one and a wrong id are missing alike, and nothing changes', async () => {
  const ann = await local(porter)
  for (const id of [ann, newId(), 'no-id']) {
    expect(await give(id, 'admin', 'owner', rabbit)).toMatchObject({ ok: false, why: 'missing' })
  }
  expect((await roleOf(porter, ann))?.role).toBe('member')
})

const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']

/** What Okta and the org's own rules say about roles at the same time: of them all nothing takes an owner away. */
function otherRoleChanges(org: TestOrg, owners: string[], groupId: string, round: number): Promise<unknown>[] {
  const okta = { org, actor: { kind: 'okta', tokenId: 't' }, options: { mode: 'okta' } } as const
  const value = [{ value: round % 2 ? 'member' : 'manager' }]
  const roles = { schemas, Operations: [{ op: 'replace', path: 'roles', value }] }
  const [first = ''] = owners
  return [
    patchUser(okta, first, roles),
    saveMapping({ org, actor }, groupId, round % 2 ? 'admin' : null),
    setOrgRoles({ org, actor }, { scimRoles: ['manager'], defaultRole: round % 2 ? 'manager' : 'member' }),
  ]
}

test(`${ATTEMPTS} races of owners demoting and deactivating each other, while roles come from Okta, mappings and rules, never leave an org without an active owner`, async () => {
  const org = await makeTestOrg('Porter')
  const owners = [await local(org, 'owner'), await local(org, 'owner'), await local(org, 'owner')]
  const group = await createGroup(
    { org, actor: { kind: 'okta', tokenId: 't' }, options: { mode: 'okta' } },
    { displayName: 'Owners', members: owners.map((value) => ({ value })) },
  )
  let refused = 0
  for (let round = 0; round < ATTEMPTS; round++) {
    const others = otherRoleChanges(org, owners, group.row.id, round)
    const results = await Promise.all(
      owners.map(async (id, i) => {
        if ((round + i) % 3 === 0) return deactivate(org, id).then(() => true, isLastOwner)
        const set = await give(id, round % 2 ? 'member' : null, 'owner', org)
        if (!set.ok) expect(set.why).toBe('last-owner')
        return set.ok
      }),
    )
    await Promise.all(others)
    refused += results.filter((done) => !done).length
    expect(await activeOwners(org)).toHaveLength(1)
    await restore(org, owners)
  }
  expect(refused).toBe(ATTEMPTS)
}, 120_000)

function isLastOwner(error: unknown): boolean {
  if (error instanceof LastOwnerError) return false
  throw error
}

async function restore(org: TestOrg, owners: string[]) {
  for (const id of owners) {
    await writeUser({ org, actor }, async (tx) => {
      const found = await findUser(tx, org.orgId, id)
      if (!found) throw new Error('gone')
      const state = stateOf(found.row)
      const attributes = { ...state.attributes, active: true }
      return { found, id, state: { ...state, attributes, manualRole: 'owner' }, trace: [] }
    })
  }
  expect(await activeOwners(org)).toHaveLength(owners.length)
}

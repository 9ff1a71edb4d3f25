import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roleMappings, users } from '@/db/schema'
import { userHistory } from '@/db/schema-events'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import type { Actor } from '@/lib/events/event'
import { getEvent, listEvents } from '@/lib/events/query'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { listGroups } from './list-groups'
import { keyOfMoves } from './role-changes'
import { previewMapping, saveMapping } from './role-mappings'
import { createGroup, deleteGroup, type GroupWrite, patchGroup, replaceGroup } from './scim-groups'
import { createUser, deleteUser, patchUser } from './scim-users'

let porter: TestOrg
let rabbit: TestOrg
const adam: Actor = { kind: 'user', id: newId(), name: 'Adam Clarke' }

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
})
afterAll(shutdown)

const okta = (org = porter): GroupWrite => ({
  org,
  actor: { kind: 'okta', tokenId: 'test' },
  options: { mode: 'okta' },
})
const map = (groupId: string, role: string | null, org = porter) => saveMapping({ org, actor: adam }, groupId, role)

async function person(rest: Record<string, unknown> = {}, org = porter): Promise<string> {
  const name = `${newId()}@${org.domain}`
  const { respond: _, ...write } = okta(org)
  return (await createUser(write, { userName: name, displayName: 'Ann', externalId: name, ...rest })).row.id
}
const group = async (members: string[] = [], displayName = newId(), org = porter) =>
  (await createGroup(okta(org), { displayName, members: members.map((value) => ({ value })) })).row.id

const rowOf = async (id: string, org = porter) => {
  const mine = and(eq(users.orgId, org.orgId), eq(users.id, id))
  const [row] = await withOrg(org.orgId, (tx) => tx.select().from(users).where(mine))
  return row
}
const roleOf = async (id: string) => (await rowOf(id))?.role
const why = async (id: string) =>
  (await rowOf(id))?.roleReasons.map((each) => (each.by === 'group' ? `${each.role}: ${each.groupName}` : each.by))
const historyOf = (userId: string) =>
  withOrg(porter.orgId, async (tx) => {
    const mine = and(eq(userHistory.orgId, porter.orgId), eq(userHistory.userId, userId))
    const rows = await tx.select().from(userHistory).where(mine).orderBy(userHistory.eventId)
    return rows.flatMap((row) => row.diff).filter((each) => each.path === 'role')
  })
const mappings = async (org = porter) => (await listGroups(org.orgId, { tab: 'mapped' })).groups
const newest = async () => (await listEvents(porter.orgId, { limit: 1 })).events[0]
const ops = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
})
const adding = (...ids: string[]) => ops({ op: 'add', path: 'members', value: ids.map((value) => ({ value })) })

test('a mapping gives its people the role, names the group as the reason, and writes event and history in one commit', async () => {
  const [ann, bob] = [await person(), await person()]
  const id = await group([ann, bob], 'Engineering managers')
  const saved = await map(id, 'manager')
  expect(saved).toMatchObject({ ok: true, moves: [{ from: 'member', to: 'manager', n: 2 }] })
  expect(await why(ann)).toEqual(['manager: Engineering managers'])
  expect(await newest()).toMatchObject({
    type: 'role_mapping.changed',
    actorName: 'Adam Clarke',
    targetId: id,
    diff: [{ path: 'role', after: 'manager' }],
    effects: { roleMoves: [{ from: 'member', to: 'manager', n: 2 }] },
  })
  expect(await historyOf(bob)).toMatchObject([
    { path: 'role', after: 'member' },
    { path: 'role', before: 'member', after: 'manager' },
  ])
  expect(await mappings()).toMatchObject([
    { id, displayName: 'Engineering managers', mapping: { role: 'manager', by: null }, members: 2 },
  ])
  expect(await map(id, 'manager')).toEqual({ ok: true, eventId: null, moves: [] })
  await map(id, null)
  expect([await roleOf(ann), await why(ann)]).toEqual(['member', ['default']])
  expect(await mappings()).toEqual([])
})

test('the preview says who would become what, and changes nothing', async () => {
  const [ann, boss] = [await person({ displayName: 'Ann' }), await person({ roles: [{ value: 'manager' }] })]
  const id = await group([ann, boss])
  expect(await previewMapping(porter.orgId, id, 'manager')).toEqual({
    total: 2,
    byRole: [{ from: 'member', to: 'manager', n: 1 }],
    people: [{ id: ann, name: 'Ann', from: 'member', to: 'manager' }],
    own: null,
  })
  expect(await previewMapping(porter.orgId, id, 'admin', boss)).toMatchObject({
    byRole: [{ n: 1 }, { n: 1 }],
    own: { from: 'manager', to: 'admin' },
  })
  expect(await roleOf(ann)).toBe('member')
})

test('who agreed to a preview is asked again when it is others by now, and nothing is written', async () => {
  const ann = await person()
  const id = await group([ann])
  const seen = keyOfMoves((await previewMapping(porter.orgId, id, 'manager'))?.byRole ?? [])
  await patchGroup(okta(), id, adding(await person()))
  expect(await saveMapping({ org: porter, actor: adam }, id, 'manager', seen)).toMatchObject({
    ok: false,
    why: 'moved',
  })
  expect([await roleOf(ann), (await newest())?.type]).toEqual(['member', 'group.members_changed'])
  const now = keyOfMoves((await previewMapping(porter.orgId, id, 'manager'))?.byRole ?? [])
  expect(await saveMapping({ org: porter, actor: adam }, id, 'manager', now)).toMatchObject({ ok: true })
  expect(await roleOf(ann)).toBe('manager')
})

type Groups = { ann: string; id: string }
const named = async (g: Groups) => (await rowOf(g.ann))?.userName ?? ''
const writes: [string, (g: Groups) => Promise<unknown>, string][] = [
  ['PATCH add', (g) => patchGroup(okta(), g.id, adding(g.ann)), 'manager'],
  [
    'PUT with the person',
    (g) => replaceGroup(okta(), g.id, { displayName: g.id, members: [{ value: g.ann }] }),
    'manager',
  ],
  [
    'PATCH remove',
    (g) => patchGroup(okta(), g.id, ops({ op: 'remove', path: `members[value eq "${g.ann}"]` })),
    'member',
  ],
  ['PATCH remove of all', (g) => patchGroup(okta(), g.id, ops({ op: 'remove', path: 'members' })), 'member'],
  ['PUT without the person', (g) => replaceGroup(okta(), g.id, { displayName: g.id, members: [] }), 'member'],
  ['DELETE of the group', (g) => deleteGroup(okta(), g.id), 'member'],
]

test.each(writes)(
  '%s of a mapped group recomputes the role in the same commit, with history and effect',
  async (_, write, role) => {
    const ann = await person()
    const comes = role === 'manager'
    const id = newId()
    const made = await group(comes ? [] : [ann], id)
    await map(made, 'manager')
    await write({ ann, id: made })
    expect(await roleOf(ann)).toBe(role)
    const move = comes ? { from: 'member', to: 'manager' } : { from: 'manager', to: 'member' }
    expect(await newest()).toMatchObject({ targetId: made, effects: { roleMoves: [{ ...move, n: 1 }] } })
    expect((await historyOf(ann)).at(-1)).toEqual({ path: 'role', before: move.from, after: move.to })
  },
)

test('a rename is the new name in every reason, and nobody’s role changes', async () => {
  const ann = await person()
  const id = await group([ann], 'Old name')
  await map(id, 'manager')
  await patchGroup(okta(), id, ops({ op: 'replace', value: { displayName: 'New name' } }))
  expect(await why(ann)).toEqual(['manager: New name'])
  expect((await newest())?.effects ?? {}).not.toHaveProperty('roleMoves')
  expect(await historyOf(ann)).toHaveLength(2)
})

test('a group named admin grants nothing, and none grants owner', async () => {
  const ann = await person()
  const id = await group([ann], 'admin')
  expect(await roleOf(ann)).toBe('member')
  expect(await map(id, 'owner')).toMatchObject({ ok: false, why: 'role' })
  expect(await roleOf(ann)).toBe('member')
})

test('leaving and coming back: the groups still count for who returns, whatever happened meanwhile', async () => {
  const [ann, bob] = [await person(), await person()]
  const id = await group([ann, bob])
  await map(id, 'manager')
  const { respond: _, ...write } = okta()
  for (const each of [ann, bob]) await patchUser(write, each, ops({ op: 'replace', value: { active: false } }))
  await patchGroup(okta(), id, ops({ op: 'remove', path: `members[value eq "${bob}"]` }))
  for (const each of [ann, bob]) await patchUser(write, each, ops({ op: 'replace', value: { active: true } }))
  expect([await roleOf(ann), await roleOf(bob)]).toEqual(['manager', 'member'])
  await patchUser(write, ann, ops({ op: 'replace', value: { title: 'Lead' } }))
  expect(await why(ann)).toEqual([`manager: ${await nameOf(id)}`])
  await patchUser(write, ann, ops({ op: 'replace', value: { active: false } }))
  const userName = await named({ ann, id })
  const back = await createUser(write, { userName, externalId: userName, active: true })
  expect(back.row).toMatchObject({ id: ann, role: 'manager', active: true })
  await deleteUser(write, ann)
  expect((await createUser(write, { userName, externalId: userName })).row).toMatchObject({ role: 'member' })
})

const nameOf = async (id: string) => (await mappings()).find((each) => each.id === id)?.displayName ?? ''

test('of several mapped groups the highest wins, and losing it falls back to the next', async () => {
  const ann = await person()
  const [low, high] = [await group([ann], 'Low'), await group([ann], 'High')]
  await map(low, 'manager')
  await map(high, 'admin')
  expect(await why(ann)).toEqual(['admin: High', 'manager: Low'])
  await patchGroup(okta(), high, ops({ op: 'remove', path: 'members' }))
  expect([await roleOf(ann), await why(ann)]).toEqual(['manager', ['manager: Low']])
})

test('another company gets nothing: no list, no preview, no mapping, and nothing of it changes', async () => {
  const ann = await person()
  const id = await group([ann])
  await map(id, 'manager')
  const before = await rowOf(ann)
  for (const foreign of [id, newId(), 'no-id']) {
    expect(await previewMapping(rabbit.orgId, foreign, 'admin')).toBeNull()
    expect(await map(foreign, 'admin', rabbit)).toMatchObject({ ok: false, why: 'missing' })
    expect(await map(foreign, null, rabbit)).toMatchObject({ ok: false, why: 'missing' })
  }
  expect(await mappings(rabbit)).toEqual([])
  expect(await rowOf(ann)).toEqual(before)
})

test('mapping, members and profiles changed at once end where deciding anew would', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, () => person()))
  const id = await group(people.slice(0, 4))
  const { respond: _, ...write } = okta()
  for (const role of ['manager', null, 'admin'] as const) {
    await Promise.all([
      map(id, role),
      ...people.slice(4).map((each) => patchGroup(okta(), id, adding(each))),
      patchGroup(okta(), id, ops({ op: 'remove', path: `members[value eq "${people[0]}"]` })),
      ...people.map((each) => patchUser(write, each, ops({ op: 'replace', value: { title: String(role) } }))),
    ])
    for (const each of people) {
      const expected = each === people[0] ? 'member' : (role ?? 'member')
      expect(await roleOf(each)).toBe(expected)
    }
    await patchGroup(
      okta(),
      id,
      ops({ op: 'replace', path: 'members', value: people.slice(0, 4).map((value) => ({ value })) }),
    )
  }
})

test('the event tells all of it: who, what, and what followed', async () => {
  const id = await group([await person()])
  const saved = await map(id, 'admin')
  const event = await getEvent(porter.orgId, saved.ok && saved.eventId ? saved.eventId : '')
  expect(event).toMatchObject({ outcome: 'success', actorKind: 'user', targetKind: 'group' })
  const [row] = await withOrg(porter.orgId, (tx) =>
    tx
      .select()
      .from(roleMappings)
      .where(and(eq(roleMappings.orgId, porter.orgId), eq(roleMappings.groupId, id))),
  )
  expect(row?.createdBy).toBe(adam.kind === 'user' ? adam.id : '')
})

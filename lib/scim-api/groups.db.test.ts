import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { groupMembers } from '@/db/schema'
import { userHistory } from '@/db/schema-events'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { makeCrowd } from '@/lib/directory/test/crowd'
import { listEvents } from '@/lib/events/query'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { send } from './test/client'
import { addMembers, makePeople, makePerson, membersOf, patchOf } from './test/people'

let porter: TestOrg
let rabbit: TestOrg

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
})
afterAll(shutdown)

const newest = async (org = porter) => (await listEvents(org.orgId, { limit: 1 })).events[0]
const makeGroup = async (displayName: string, members: string[] = []) => {
  const made = await send(porter, 'POST', '/Groups', { displayName, members: members.map((value) => ({ value })) })
  return String(made.body.id)
}
const groupsOf = async (id: string) => (await send(porter, 'GET', `/Users/${id}`)).body.groups ?? []
const historyOf = (userId: string) =>
  withOrg(porter.orgId, async (tx) => {
    const mine = and(eq(userHistory.orgId, porter.orgId), eq(userHistory.userId, userId))
    const rows = await tx.select().from(userHistory).where(mine).orderBy(userHistory.eventId)
    return rows.flatMap((row) => row.diff)
  })

test('Okta pushes a group: POST with members [] answers 201, the same name again 409 uniqueness', async () => {
  const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Sales', members: [] }
  const made = await send(porter, 'POST', '/Groups', body)
  expect(made).toMatchObject({ status: 201, body: { displayName: 'Sales', meta: { resourceType: 'Group' } } })
  expect(made.headers.get('location')).toBe(`http://localhost:3000/scim/v2/${porter.slug}/Groups/${made.body.id}`)
  expect(made.headers.get('etag')).toBe('W/"1"')
  expect(await newest()).toMatchObject({ type: 'group.created', outcome: 'success', targetName: 'Sales' })
  const again = await send(porter, 'POST', '/Groups', { ...body, displayName: 'SALES' })
  expect(again).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } })
  expect(await newest()).toMatchObject({ type: 'group.created', outcome: 'failed', status: 409 })
})

test('Okta adds and removes people: 204, members and groups on users agree, history has a row for each', async () => {
  const [ann, bob] = [await makePerson(porter), await makePerson(porter)]
  const id = await makeGroup('Support')
  const path = `/Groups/${id}`
  const added = await send(porter, 'PATCH', path, addMembers([ann, bob]))
  expect(added.status).toBe(204)
  expect(await newest()).toMatchObject({
    type: 'group.members_changed',
    effects: { membersAdded: 2 },
    diff: expect.anything(),
  })
  expect(await membersOf(porter, id)).toEqual([ann, bob].sort())
  const ref = `http://localhost:3000/scim/v2/${porter.slug}/Groups/${id}`
  expect(await groupsOf(ann)).toEqual([{ value: id, display: 'Support', type: 'direct', $ref: ref }])
  const removed = patchOf({ op: 'remove', path: `members[value eq "${ann}"]` })
  expect((await send(porter, 'PATCH', path, removed)).status).toBe(204)
  expect(await groupsOf(ann)).toEqual([])
  const moves = (await historyOf(ann)).filter((each) => each.path.startsWith('groups'))
  expect(moves).toEqual([
    { path: `groups[value eq "${id}"]`, after: { value: id, display: 'Support' } },
    { path: `groups[value eq "${id}"]`, before: { value: id, display: 'Support' } },
  ])
  const again = await send(porter, 'PATCH', path, removed)
  expect(again.status).toBe(204)
  expect(await newest()).toMatchObject({ outcome: 'skipped', type: 'group.members_changed' })
})

test('a rename reaches the users: new name in groups, new entity tag, one history row', async () => {
  const ann = await makePerson(porter)
  const id = await makeGroup('Buying', [ann])
  const before = await send(porter, 'GET', `/Users/${ann}`)
  const okta = patchOf({ op: 'replace', value: { id, displayName: 'Purchasing' } })
  expect((await send(porter, 'PATCH', `/Groups/${id}`, okta)).status).toBe(204)
  expect(await newest()).toMatchObject({
    type: 'group.updated',
    diff: [{ path: 'displayName', before: 'Buying', after: 'Purchasing' }],
  })
  const after = await send(porter, 'GET', `/Users/${ann}`)
  expect(after.body.groups).toMatchObject([{ display: 'Purchasing' }])
  expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'))
  const headers = { 'if-none-match': after.headers.get('etag') ?? '' }
  expect((await send(porter, 'GET', `/Users/${ann}`, undefined, { headers })).status).toBe(304)
  expect((await historyOf(ann)).at(-1)).toEqual({
    path: `groups[value eq "${id}"].display`,
    before: 'Buying',
    after: 'Purchasing',
  })
  // What changed is the group, so a write that insists on the user's version still passes.
  const ifMatch = { headers: { 'if-match': before.headers.get('etag') ?? '' } }
  const write = patchOf({ op: 'replace', path: 'title', value: 'Buyer' })
  const written = await send(porter, 'PATCH', `/Users/${ann}`, write, ifMatch)
  expect(written).toMatchObject({ status: 200, body: { title: 'Buyer', groups: [{ value: id }] } })
})

test('DELETE of a group: 404 afterwards, people stay and no longer show it', async () => {
  const ann = await makePerson(porter)
  const id = await makeGroup('Short lived', [ann])
  expect((await send(porter, 'DELETE', `/Groups/${id}`)).status).toBe(204)
  expect(await newest()).toMatchObject({ type: 'group.deleted', effects: { membersRemoved: 1 } })
  expect((await send(porter, 'GET', `/Groups/${id}`)).status).toBe(404)
  expect(await groupsOf(ann)).toEqual([])
  expect((await send(porter, 'POST', '/Groups', { displayName: 'Short lived' })).status).toBe(201)
})

test('deleting a user leaves its groups, tells so, and raises their version', async () => {
  const [ann, bob] = [await makePerson(porter), await makePerson(porter)]
  const id = await makeGroup('Leavers', [ann, bob])
  const tag = (await send(porter, 'GET', `/Groups/${id}`)).headers.get('etag')
  expect((await send(porter, 'DELETE', `/Users/${ann}`)).status).toBe(204)
  expect(await newest()).toMatchObject({ type: 'user.deleted', effects: { groupsLeft: 1 } })
  expect((await historyOf(ann)).at(-1)).toMatchObject({
    path: `groups[value eq "${id}"]`,
    before: { display: 'Leavers' },
  })
  expect(await membersOf(porter, id)).toEqual([bob])
  expect((await send(porter, 'GET', `/Groups/${id}`)).headers.get('etag')).not.toBe(tag)
})

test('deactivation keeps memberships: who comes back has the same groups', async () => {
  const ann = await makePerson(porter)
  const id = await makeGroup('Stayers', [ann])
  await send(porter, 'PATCH', `/Users/${ann}`, patchOf({ op: 'replace', path: 'active', value: false }))
  expect(await membersOf(porter, id)).toEqual([ann])
})

test('another company’s id, a deleted one and an invented one are refused alike: 400 invalidValue, nothing written', async () => {
  const own = await makePerson(porter)
  const gone = await makePerson(porter)
  await send(porter, 'DELETE', `/Users/${gone}`)
  const foreign = await makePerson(rabbit)
  const id = await makeGroup('Guarded')
  const answers: string[] = []
  for (const stranger of [foreign, gone, newId(), 'not-an-id']) {
    const refused = await send(porter, 'PATCH', `/Groups/${id}`, addMembers([own, stranger]))
    expect(refused).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
    answers.push(
      String(refused.body.detail)
        .replace(stranger, 'ID')
        .replace(/evt_\w+/, 'EVT'),
    )
    expect((await send(porter, 'POST', '/Groups', { displayName: 'x', members: [{ value: stranger }] })).status).toBe(
      400,
    )
    expect(
      (await send(porter, 'PUT', `/Groups/${id}`, { displayName: 'x', members: [{ value: stranger }] })).status,
    ).toBe(400)
  }
  expect(new Set(answers).size).toBe(1)
  expect(await membersOf(porter, id)).toEqual([])
  expect((await newest())?.targetId).toBe(id)
})

test('nested groups are refused with a sentence', async () => {
  const inner = await makeGroup('Inner')
  const members = [{ value: inner, type: 'Group' }]
  const refused = await send(porter, 'POST', '/Groups', { displayName: 'Outer', members })
  expect(refused).toMatchObject({
    status: 400,
    body: { scimType: 'invalidValue', detail: expect.stringContaining('nest') },
  })
})

test('PUT: who is not named leaves, an externalId that is not mentioned stays, the answer has the members', async () => {
  const [ann, bob, cid] = [await makePerson(porter), await makePerson(porter), await makePerson(porter)]
  const made = await send(porter, 'POST', '/Groups', {
    displayName: 'Put',
    externalId: '00g1',
    members: [{ value: ann }, { value: bob }],
  })
  const put = await send(porter, 'PUT', `/Groups/${made.body.id}`, {
    displayName: 'Put',
    members: [{ value: bob }, { value: cid }],
  })
  expect(put).toMatchObject({ status: 200, body: { externalId: '00g1', members: expect.anything() } })
  expect(await membersOf(porter, String(made.body.id))).toEqual([bob, cid].sort())
  expect(await newest()).toMatchObject({ effects: { membersAdded: 1, membersRemoved: 1 } })
})

test('Entra: excludedAttributes=members reads without them; adding the same member twice is one member; remove by value list', async () => {
  const ann = await makePerson(porter)
  const id = await makeGroup('Entra')
  await send(porter, 'PATCH', `/Groups/${id}`, addMembers([ann, ann]))
  expect((await send(porter, 'PATCH', `/Groups/${id}`, addMembers([ann]))).status).toBe(204)
  expect(await membersOf(porter, id)).toEqual([ann])
  const lean = await send(porter, 'GET', `/Groups/${id}?excludedAttributes=members`)
  expect(lean.body).toMatchObject({ id, displayName: 'Entra' })
  expect(lean.body).not.toHaveProperty('members')
  const asked = await send(
    porter,
    'PATCH',
    `/Groups/${id}?attributes=displayName,members`,
    patchOf({ op: 'Remove', path: 'members', value: [{ value: ann }] }),
  )
  expect(asked).toMatchObject({ status: 200, body: { displayName: 'Entra' } })
  expect(await membersOf(porter, id)).toEqual([])
})

test('20 PATCHes at once lose nothing, whether they add, rename or both', async () => {
  const id = await makeGroup('Crowd')
  const people = await makePeople(porter, 20)
  const all = await Promise.all(
    people.map((person, i) =>
      send(
        porter,
        'PATCH',
        `/Groups/${id}`,
        patchOf(
          { op: 'add', path: 'members', value: [{ value: person }] },
          ...(i % 4 === 0 ? [{ op: 'replace', path: 'displayName', value: `Crowd ${i}` }] : []),
        ),
      ),
    ),
  )
  expect(all.map((each) => each.status)).toEqual(people.map(() => 204))
  expect(await membersOf(porter, id)).toEqual([...people].sort())
  const { events } = await listEvents(porter.orgId, { targetId: id, limit: 50 })
  const writes = events.filter((each) => each.outcome === 'success' && each.type !== 'group.created')
  expect(writes).toHaveLength(20)
})

test('a person deleted while being added is never left behind in the group', async () => {
  for (let round = 0; round < 5; round++) {
    const person = await makePerson(porter)
    const id = await makeGroup(`Race ${round}`)
    const [gone, added] = await Promise.all([
      send(porter, 'DELETE', `/Users/${person}`),
      send(porter, 'PATCH', `/Groups/${id}`, addMembers([person])),
    ])
    expect(gone.status).toBe(204)
    expect([204, 400]).toContain(added.status)
    const rows = await withOrg(porter.orgId, (tx) =>
      tx
        .select()
        .from(groupMembers)
        .where(and(eq(groupMembers.orgId, porter.orgId), eq(groupMembers.userId, person))),
    )
    expect(rows).toEqual([])
  }
})

test('1,000 members in one PATCH and 50,000 in one PUT work and stay quick', async () => {
  const big = await makeTestOrg('Big')
  const ids = await makeCrowd(big, 50_000)
  const made = await send(big, 'POST', '/Groups', { displayName: 'Everyone' })
  const path = `/Groups/${made.body.id}`
  const started = performance.now()
  expect((await send(big, 'PATCH', path, addMembers(ids.slice(0, 1_000)))).status).toBe(204)
  const patched = performance.now()
  const put = await send(big, 'PUT', path, { displayName: 'Everyone', members: ids.map((value) => ({ value })) })
  const done = performance.now()
  expect(put.status).toBe(200)
  expect(await newest(big)).toMatchObject({ effects: { membersAdded: 49_000 } })
  expect((await newest(big))?.diff).toHaveLength(50)
  const one = await send(
    big,
    'GET',
    `/Groups?filter=${encodeURIComponent(`members.value eq "${ids[7]}"`)}&excludedAttributes=members`,
  )
  expect(one.body).toMatchObject({ totalResults: 1 })
  process.stdout.write(
    `1,000 by PATCH ${Math.round(patched - started)} ms, 50,000 by PUT ${Math.round(done - patched)} ms\n`,
  )
}, 120_000)

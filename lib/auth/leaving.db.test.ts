import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { idpLinks, users } from '@/db/schema'
import { tasks } from '@/db/schema-tasks'
import { withOrg } from '@/db/tenant'
import type { TestOrg } from '@/db/test-orgs'
import { deactivatePerson } from '@/lib/directory/manage-users'
import { createUser, deleteUser, patchUser, replaceUser } from '@/lib/directory/scim-users'
import { getEvent, listEvents } from '@/lib/events/query'
import { newId } from '@/lib/ids'
import { admit } from './admit'
import { type Hired, hire, scimOf, startBed } from './test/bed'
import { watchSession } from './watch'

let bed: Awaited<ReturnType<typeof startBed>>
let porter: TestOrg
let john: Hired

beforeAll(async () => {
  bed = await startBed()
  porter = bed.porter
})
beforeEach(async () => {
  john = await hire(porter)
})
afterAll(() => bed.close())

const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
const patch = (Operations: object[]) => patchUser(scimOf(porter), john.id, { schemas, Operations })
const full = (more: Record<string, unknown> = {}) => ({ userName: john.userName, externalId: john.sub, ...more })
const put = (body: Record<string, unknown>) => replaceUser(scimOf(porter), john.id, body)
const post = (body: Record<string, unknown>) => createUser(scimOf(porter), body)

const claims = (sub = john.sub) => ({ issuer: bed.okta.issuer, sub, email: john.userName })
const linkOf = async () =>
  withOrg(porter.orgId, async (tx) => {
    const mine = and(eq(idpLinks.orgId, porter.orgId), eq(idpLinks.userId, john.id))
    return (await tx.select({ sub: idpLinks.sub }).from(idpLinks).where(mine))[0]?.sub ?? null
  })

/** An admin in our own pages. */
const byHand = () => {
  const actor = { kind: 'user', id: newId(), name: 'Adam Clarke' } as const
  return { org: porter, actor, actorRole: 'owner' } as const
}

const WAYS: [string, () => Promise<unknown>][] = [
  ['PATCH without a path (Okta)', () => patch([{ op: 'replace', value: { active: false } }])],
  ['PATCH with a path', () => patch([{ op: 'replace', path: 'active', value: false }])],
  ['PATCH with a word (Entra)', () => patch([{ op: 'Replace', path: 'active', value: 'False' }])],
  ['PUT', () => put(full({ active: false }))],
  [
    'POST with the same externalId',
    () => post({ userName: `x-${john.userName}`, externalId: john.sub, active: false }),
  ],
  ['POST with the same userName', () => post({ userName: john.userName.toUpperCase(), active: false })],
  ['DELETE', () => deleteUser(scimOf(porter), john.id)],
  ['our own page, deactivating', () => deactivatePerson(byHand(), john.id)],
]

describe('leaving', () => {
  test.each(WAYS)('by %s: the next request of each of three sessions is refused', async (_, leave) => {
    const sessions = await Promise.all([bed.open(john), bed.open(john), bed.open(john)])
    const viewers = await Promise.all(sessions.map((look) => look()))
    const told: string[] = []
    const stops = viewers.map(({ sessionId, userId, orgId }) =>
      watchSession(orgId, { sessionId, userId, onEnded: (why) => told.push(why.reason) }),
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
    await leave()
    for (const look of sessions) await expect(look()).rejects.toThrow('ended')
    await vi.waitFor(() => expect(told).toHaveLength(3), { timeout: 1000, interval: 5 })
    expect(await admit(porter, { ...claims(), email: null })).toMatchObject({ kind: 'refused' })
    const types = ['user.deactivated', 'user.deleted']
    const { events } = await listEvents(porter.orgId, { types, targetId: john.id, limit: 1 })
    expect(events[0]?.effects?.sessionsEnded).toBe(3)
    for (const stop of stops) stop()
  })

  test('the event counts the sessions it ended; after it comes how long until the last of their tabs was told', async () => {
    const sessions = await Promise.all([bed.open(john), bed.open(john), bed.open(john)])
    const viewers = await Promise.all(sessions.map((look) => look()))
    for (const { sessionId, userId, orgId } of viewers) watchSession(orgId, { sessionId, userId, onEnded: vi.fn() })
    await patch([{ op: 'replace', value: { active: false } }])
    const { events } = await listEvents(porter.orgId, { types: ['user.deactivated'], targetId: john.id })
    const [left] = events
    expect([events.length, left?.effects?.sessionsEnded]).toEqual([1, 3])
    const timing = async () => (await getEvent(porter.orgId, left?.id ?? ''))?.timings.told
    await expect.poll(timing, { timeout: 10_000 }).toEqual({ count: 3, ms: expect.any(Number) })
  })

  test('POST active false keeps the identity, so that the same Okta user comes back as the same person', async () => {
    await bed.open(john)
    const left = await post({ userName: john.userName, active: false })
    expect(left).toMatchObject({ created: false, row: { id: john.id, externalId: john.sub, active: false } })
    expect(await linkOf()).toBe(john.sub)
    // Sent again, it changes nothing.
    expect(await post({ userName: john.userName, externalId: john.sub, active: false })).toMatchObject({
      changed: false,
    })
    await post(full())
    expect((await (await bed.open(john))()).userId).toBe(john.id)
  })

  test.each([
    ['another Okta user with the same userName', () => ({ userName: john.userName, externalId: '00uAnother' })],
    [
      'one person’s userName with another’s externalId',
      async () => {
        const ann = await hire(porter)
        return { userName: ann.userName, externalId: john.sub }
      },
    ],
  ])('POST active false of %s is 409, and nobody leaves', async (_, body) => {
    const look = await bed.open(john)
    await expect(post({ ...(await body()), active: false })).rejects.toMatchObject({
      status: 409,
      scimType: 'uniqueness',
    })
    expect((await look()).userId).toBe(john.id)
  })

  test('POST of somebody who was never active opens no door', async () => {
    const { row } = await post({ userName: `early@${porter.domain}`, externalId: '00uEarly', active: false })
    expect(row.active).toBe(false)
    expect(await admit(porter, claims('00uEarly'))).toMatchObject({ kind: 'refused', reason: 'deactivated' })
  })
})

const BACK: [string, () => Promise<unknown>][] = [
  ['PATCH', () => patch([{ op: 'replace', value: { active: true } }])],
  ['PUT', () => put(full({ active: true }))],
  ['POST with the same externalId', () => post({ userName: `renamed-${john.userName}`, externalId: john.sub })],
  ['POST with the same userName', () => post({ userName: john.userName.toUpperCase(), externalId: john.sub })],
]

describe('coming back', () => {
  test.each(BACK)('by %s: the same person with their tasks, and no old session', async (_, back) => {
    const look = await bed.open(john)
    const { orgId } = porter
    const task = { orgId, id: newId(), title: 'Water the plants', assigneeId: john.id, createdBy: john.id }
    await withOrg(orgId, (tx) => tx.insert(tasks).values(task))
    await patch([{ op: 'replace', value: { active: false } }])
    await back()
    await expect(look()).rejects.toThrow('ended')
    // The same Okta identity finds the same person, who signs in anew.
    expect(await linkOf()).toBe(john.sub)
    const viewer = await (await bed.open(john))()
    expect(viewer.userId).toBe(john.id)
    const left = await withOrg(orgId, (tx) =>
      tx
        .select({ id: tasks.id })
        .from(tasks)
        .where(and(eq(tasks.orgId, orgId), eq(tasks.assigneeId, john.id))),
    )
    expect(left).toEqual([{ id: task.id }])
  })

  test('the role is computed anew', async () => {
    const roles = [{ value: 'manager' }]
    await put(full({ roles }))
    await patch([{ op: 'replace', value: { active: false } }])
    const { row } = await post(full())
    expect([row.id, row.role]).toEqual([john.id, 'member'])
    await patch([{ op: 'replace', value: { active: false } }])
    expect((await put(full({ active: true, roles }))).row.role).toBe('manager')
  })

  test('after DELETE it is a new person with a new id, and the old identity opens nothing', async () => {
    await bed.open(john)
    await deleteUser(scimOf(porter), john.id)
    const { row, created } = await post(full())
    expect(created).toBe(true)
    expect(row.id).not.toBe(john.id)
    expect(await linkOf()).toBeNull()
    expect(await admit(porter, claims())).toMatchObject({ kind: 'admitted', userId: row.id })
  })
})

const RELINK: [string, () => Promise<unknown>][] = [
  ['PATCH', () => patch([{ op: 'replace', value: { externalId: '00uNew' } }])],
  ['PATCH with a path', () => patch([{ op: 'replace', path: 'externalId', value: '00uNew' }])],
  ['PUT', () => put({ userName: john.userName, externalId: '00uNew' })],
  [
    'a POST by userName that revives',
    async () => {
      await patch([{ op: 'replace', value: { active: false } }])
      return post({ userName: john.userName, externalId: '00uNew' })
    },
  ],
]

describe('another externalId is another identity', () => {
  test.each(RELINK)('by %s: the link goes, sessions end, and the address alone lets nobody in', async (_, relink) => {
    const look = await bed.open(john)
    await relink()
    await expect(look()).rejects.toThrow('ended')
    expect(await linkOf()).toBeNull()
    expect(await admit(porter, claims())).toMatchObject({ kind: 'refused', reason: 'not_provisioned' })
    expect(await admit(porter, claims('00uNew'))).toMatchObject({ kind: 'admitted', userId: john.id })
    const { events } = await listEvents(porter.orgId, { targetId: john.id, limit: 10 })
    const told = events.find((event) => event.effects?.linkCleared)
    expect(['user.relinked', 'user.reactivated']).toContain(told?.type)
    // Frees the identity for the next case.
    await deleteUser(scimOf(porter), john.id)
  })

  test('nobody is left who is inactive and holds a link to somebody else’s identity', async () => {
    const orphans = await withOrg(porter.orgId, (tx) =>
      tx
        .select({ id: idpLinks.userId })
        .from(idpLinks)
        .leftJoin(users, and(eq(users.orgId, idpLinks.orgId), eq(users.id, idpLinks.userId), isNull(users.deletedAt)))
        .where(and(eq(idpLinks.orgId, porter.orgId), isNull(users.id))),
    )
    expect(orphans).toEqual([])
  })
})

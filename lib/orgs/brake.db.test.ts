import { and, eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { recordEvents } from '@/db/functions'
import { orgs, users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { createUser, deleteUser, patchUser, replaceUser, type ScimWrite } from '@/lib/directory/scim-users'
import { stateOf } from '@/lib/directory/user-state'
import { findUser, writeUser } from '@/lib/directory/write-user'
import { prepareEvent } from '@/lib/events/event'
import { floorId } from '@/lib/events/id-range'
import { listEvents } from '@/lib/events/query'
import { newId, timeOfId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { ScimError } from '@/lib/scim/errors'
import { getBrakeAlert, releaseBrake } from './brake'
import { getOrg } from './orgs'
import { setProvisioningState } from './provisioning-state'
import { updateSettings } from './settings'

let porter: TestOrg
afterAll(shutdown)
beforeEach(async () => {
  porter = await makeTestOrg('Porter', { brakeUsers: 3, brakeMinutes: 10 })
})

let n = 0
const asOkta = async (org = porter): Promise<ScimWrite> => ({
  org: (await getOrg(org.orgId)) ?? org,
  actor: { kind: 'okta', tokenId: 'test' },
  options: { mode: 'okta' },
})
const people = async (count: number): Promise<string[]> => {
  const write = await asOkta()
  const made = await Promise.all(
    Array.from({ length: count }, () => createUser(write, { userName: `p${++n}@porter.example` })),
  )
  return made.map(({ row }) => row.id)
}
const off = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', value: { active: false } }],
}
const leave = async (id: string) => patchUser(await asOkta(), id, off)
const leaveOr429 = (id: string) =>
  leave(id).then(
    () => 'left' as const,
    (error: unknown) => (error instanceof ScimError ? error : Promise.reject(error)),
  )
const activeCount = () =>
  withOrg(porter.orgId, async (tx) => {
    const still = and(eq(users.orgId, porter.orgId), eq(users.active, true))
    return (await tx.select().from(users).where(still)).length
  })
const told = async (type: string) =>
  (await listEvents(porter.orgId, { limit: 100 })).events.filter((e) => e.type === type)
const setOrg = (values: Partial<typeof orgs.$inferInsert>) =>
  withOrg(porter.orgId, (tx) => tx.update(orgs).set(values).where(eq(orgs.orgId, porter.orgId)))

/** Three people Okta took out some minutes ago. */
async function leftAgo(minutes: number) {
  const prepared = [1, 2, 3].map((i) => {
    const id = `${floorId(Date.now() - minutes * 60_000 + i).slice(0, 14)}7${newId().slice(15)}`
    const target = { kind: 'user', id: newId(), name: 'John Doe' } as const
    const actor = { kind: 'okta', tokenId: 'test' } as const
    const { event } = prepareEvent({ type: 'user.deactivated', outcome: 'success', actor, target })
    return { event: { ...event, id, at: timeOfId(id).toISOString() }, request: null, response: null }
  })
  await recordEvents(porter.orgId, prepared)
}

test('the first leave at once; who is over the limit gets 429 with whole seconds, and stays', async () => {
  const [a = '', b = '', c = '', d = ''] = await people(4)
  for (const id of [a, b, c]) expect(await leaveOr429(id)).toBe('left')
  const refused = await leaveOr429(d)
  expect(refused).toMatchObject({ status: 429, detail: expect.stringContaining('3 people leave within 10 minutes') })
  const seconds = refused instanceof ScimError ? (refused.retryAfter ?? 0) : 0
  expect(Number.isInteger(seconds)).toBe(true)
  expect(seconds).toBeGreaterThan(590)
  expect(seconds).toBeLessThanOrEqual(600)
  expect(await activeCount()).toBe(1)
})

test.each([20, 40])('of %i who would leave at once exactly three do, and one event tells it', async (count) => {
  const ids = await people(count)
  const results = await Promise.all(ids.map(leaveOr429))
  expect(results.filter((each) => each === 'left')).toHaveLength(3)
  expect(await activeCount()).toBe(count - 3)
  expect(await told('provisioning.braked')).toHaveLength(1)
})

test('PATCH, PUT, POST and DELETE count alike, and one person counts once', async () => {
  const [a = '', b = '', d = ''] = await people(3)
  const posted = [`post${++n}@porter.example`, `post${++n}@porter.example`].map((userName) => ({ userName }))
  for (const body of posted) await createUser(await asOkta(), body)
  await leave(a)
  await deleteUser(await asOkta(), a)
  await replaceUser(await asOkta(), b, { userName: `put${n}@porter.example`, active: false })
  await createUser(await asOkta(), { ...posted[0], active: false })
  await expect(createUser(await asOkta(), { ...posted[1], active: false })).rejects.toMatchObject({ status: 429 })
  await expect(deleteUser(await asOkta(), d)).rejects.toMatchObject({ status: 429 })
  // Gone already: nothing more can happen to access by it.
  await deleteUser(await asOkta(), b)
})

describe('never held back', () => {
  test.each([
    ['within the minutes', 9.9, 429],
    ['before them', 10.1, 200],
  ])('a leaver for whom three left %s: %f minutes ago', async (_, minutes, status) => {
    await leftAgo(minutes)
    const [a = ''] = await people(1)
    const answer = await leaveOr429(a)
    expect(answer === 'left' ? 200 : answer.status).toBe(status)
    if (answer !== 'left') expect(answer.retryAfter).toBeLessThanOrEqual(6)
  })

  test('what is no leaving: names, roles, coming back', async () => {
    const [a = '', b = '', c = '', d = ''] = await people(4)
    for (const id of [a, b, c]) await leave(id)
    await patchUser(await asOkta(), d, { ...off, Operations: [{ op: 'replace', value: { title: 'Chief' } }] })
    await patchUser(await asOkta(), a, { ...off, Operations: [{ op: 'replace', value: { active: true } }] })
    expect(await activeCount()).toBe(2)
  })

  test('our own pages', async () => {
    const ids = await people(6)
    for (const id of ids) {
      await writeUser({ org: porter, actor: { kind: 'user', id, name: 'Adam' } }, async (tx) => {
        const found = await findUser(tx, porter.orgId, id)
        if (!found) throw new Error('missing')
        const state = stateOf(found.row)
        return { found, id, state: { ...state, attributes: { ...state.attributes, active: false } }, trace: [] }
      })
    }
    expect(await activeCount()).toBe(0)
    // And what an admin did does not use up what Okta may do.
    expect(await leaveOr429((await people(1))[0] ?? '')).toBe('left')
  })

  test('an org whose brake is off, and another org', async () => {
    await setOrg({ brakeUsers: null })
    for (const id of await people(5)) expect(await leaveOr429(id)).toBe('left')
    const rabbit = await makeTestOrg('White Rabbit')
    expect(await getBrakeAlert(rabbit.orgId)).toBeNull()
  })
})

describe('an admin', () => {
  const trip = async () => {
    const ids = await people(6)
    for (const id of ids) await leaveOr429(id)
    return ids.slice(3)
  }
  const ctx = () => ({ org: porter, actor: { kind: 'user', id: porter.orgId, name: 'Adam' } as const })

  test('sees since when, and how many wait', async () => {
    await trip()
    expect(await getBrakeAlert(porter.orgId)).toMatchObject({ limit: 3, minutes: 10, since: expect.any(Date) })
  })

  test('counts who is held back, also those who still wait for review: the brake holds them alike', async () => {
    await trip()
    const [active = '', waiting = ''] = await people(2)
    const held = and(eq(users.orgId, porter.orgId), eq(users.id, waiting))
    await withOrg(porter.orgId, (tx) => tx.update(users).set({ held: true, active: false }).where(held))
    for (const id of [active, waiting]) {
      expect(await leaveOr429(id)).toMatchObject({ status: 429 })
      // As the HTTP face records a refusal.
      const target = { kind: 'user', id, name: null } as const
      const actor = { kind: 'okta', tokenId: 'test' } as const
      await recordEvents(porter.orgId, [
        prepareEvent({ type: 'user.deactivated', outcome: 'failed', actor, target, status: 429 }),
      ])
    }
    expect(await getBrakeAlert(porter.orgId)).toMatchObject({ waiting: 2 })
  })

  test('releases for a while; afterwards the count begins anew', async () => {
    const waiting = await trip()
    await releaseBrake(ctx(), 15)
    expect(await getBrakeAlert(porter.orgId)).toBeNull()
    for (const id of waiting) expect(await leaveOr429(id)).toBe('left')
    expect(await told('provisioning.released')).toMatchObject([{ outcome: 'success', actorName: 'Adam' }])
    await setOrg({ brakeReleasedUntil: new Date() })
    const more = await people(4)
    expect((await Promise.all(more.map(leaveOr429))).filter((each) => each === 'left')).toHaveLength(3)
    expect(await told('provisioning.braked')).toHaveLength(2)
  })

  test('stops: Okta is paused and the alarm is answered', async () => {
    await trip()
    await setProvisioningState(ctx(), 'paused')
    expect(await getBrakeAlert(porter.orgId)).toBeNull()
  })

  test('sets it anew: nothing is held over from before', async () => {
    await trip()
    await updateSettings(ctx(), { brakeUsers: 50 })
    expect(await getBrakeAlert(porter.orgId)).toBeNull()
    await updateSettings(ctx(), { brakeUsers: null })
    expect((await getOrg(porter.orgId))?.brakeUsers).toBeNull()
  })
})

import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { admit } from '@/lib/auth/admit'
import { countHeld, letIn, letInAll, listHeld } from '@/lib/directory/held-people'
import { listEvents } from '@/lib/events/query'
import { setProvisioningState } from '@/lib/orgs/provisioning-state'
import { shutdown } from '@/lib/process'
import { oktaUser, send, setActive } from './test/client'

let porter: TestOrg
afterAll(shutdown)

const state = (to: 'off' | 'pending' | 'active' | 'paused', org = porter) =>
  setProvisioningState({ org, actor: { kind: 'system' } }, to)
const admin = { kind: 'user', id: '0', name: 'Adam Clarke' } as const
const address = () => `john@${porter.domain}`
const push = async (rest: Record<string, unknown> = {}) => send(porter, 'POST', '/Users', oktaUser(address(), rest))
const pushed = async () => String((await push()).body.id)
const show = async (id: string) => (await send(porter, 'GET', `/Users/${id}`)).body
const lets = () => letIn({ org: porter, actor: admin }, '')
const canSignIn = async () => {
  const claims = { issuer: 'https://okta.test', sub: `00u${address()}`, email: address() }
  const admitted = await admit(porter, claims)
  if (admitted.kind === 'refused') expect(admitted.reason).toBe('in_review')
  return admitted.kind === 'admitted'
}
const latest = async () => (await listEvents(porter.orgId, { limit: 1 })).events[0]

beforeEach(async () => {
  porter = await makeTestOrg('Porter')
  await state('pending')
})

describe('while the connection is pending', () => {
  test('who is pushed waits: nobody signs in, and the event says so', async () => {
    const made = await push()
    expect(made.status).toBe(201)
    expect(await latest()).toMatchObject({ type: 'user.created', effects: { heldForReview: true } })
    expect(await countHeld(porter.orgId)).toBe(1)
    expect(await canSignIn()).toBe(false)
  })

  test('Okta reads back what it sent, so that it stays in sync: by id, by search, after every write', async () => {
    const id = await pushed()
    expect((await show(id)).active).toBe(true)
    const search = (value: boolean) =>
      send(porter, 'GET', `/Users?filter=${encodeURIComponent(`userName eq "${address()}" and active eq ${value}`)}`)
    expect((await search(true)).body.totalResults).toBe(1)
    expect((await search(false)).body.totalResults).toBe(0)
    const before = await show(id)
    const put = await send(porter, 'PUT', `/Users/${id}`, oktaUser(address()))
    expect(put.body).toMatchObject({ active: true, meta: { version: (before.meta as { version: string }).version } })
    expect((await send(porter, 'PATCH', `/Users/${id}`, setActive(true))).body).toMatchObject({ active: true })
    expect(await latest()).toMatchObject({ outcome: 'skipped' })
    expect(await countHeld(porter.orgId)).toBe(1)
  })

  test('a second POST of somebody who waits is the 409 of somebody who is here', async () => {
    await push()
    expect((await push()).status).toBe(409)
  })

  test('a POST that says active false ends the wait', async () => {
    const id = await pushed()
    expect(await push({ active: false })).toMatchObject({ status: 201, body: { id, active: false } })
    expect(await latest()).toMatchObject({ type: 'user.deactivated', targetId: id })
    expect(await countHeld(porter.orgId)).toBe(0)
  })

  test('a name changes without letting anybody in', async () => {
    const id = await pushed()
    await send(porter, 'PUT', `/Users/${id}`, oktaUser(address(), { displayName: 'Johnny Doe' }))
    expect(await listHeld(porter.orgId)).toMatchObject({ people: [{ id, displayName: 'Johnny Doe' }], total: 1 })
    expect(await canSignIn()).toBe(false)
  })

  test('who leaves while waiting waits no more; coming back, the person waits again', async () => {
    const id = await pushed()
    expect((await send(porter, 'PATCH', `/Users/${id}`, setActive(false))).body).toMatchObject({ active: false })
    expect(await latest()).toMatchObject({ type: 'user.deactivated' })
    expect(await countHeld(porter.orgId)).toBe(0)
    expect((await show(id)).active).toBe(false)
    const back = await push()
    expect(back).toMatchObject({ status: 201, body: { id, active: true } })
    expect(await countHeld(porter.orgId)).toBe(1)
    expect(await canSignIn()).toBe(false)
  })

  test('who was in before stays in', async () => {
    await state('active')
    const id = await pushed()
    await state('pending')
    await send(porter, 'PUT', `/Users/${id}`, oktaUser(address(), { title: 'Chief' }))
    expect(await countHeld(porter.orgId)).toBe(0)
    expect(await canSignIn()).toBe(true)
  })

  test('somebody pushed inactive waits for nothing', async () => {
    await push({ active: false })
    expect(await countHeld(porter.orgId)).toBe(0)
  })

  test('who is deleted while waiting is gone', async () => {
    const id = await pushed()
    expect((await send(porter, 'DELETE', `/Users/${id}`)).status).toBe(204)
    expect(await countHeld(porter.orgId)).toBe(0)
  })
})

describe('an admin lets in', () => {
  test('one person, who can then sign in; the event names the admin', async () => {
    const id = await pushed()
    const before = await show(id)
    expect(await letIn({ org: porter, actor: admin }, id)).toBe(true)
    expect(await latest()).toMatchObject({ type: 'user.reactivated', actorName: 'Adam Clarke' })
    expect(await canSignIn()).toBe(true)
    expect({ ...(await show(id)), meta: 0 }).toEqual({ ...before, meta: 0 })
    expect(await letIn({ org: porter, actor: admin }, id)).toBe(false)
    expect(await lets()).toBe(false)
  })

  test('all at once, each with an event', async () => {
    for (let i = 0; i < 5; i++) await send(porter, 'POST', '/Users', oktaUser(`p${i}@${porter.domain}`))
    expect(await letInAll(porter.orgId, admin)).toEqual({ letIn: 5, left: 0 })
    const { events } = await listEvents(porter.orgId, { limit: 20 })
    expect(events.filter((e) => e.type === 'user.reactivated')).toHaveLength(5)
  })

  test('within its time; the rest goes on waiting', async () => {
    await push()
    expect(await letInAll(porter.orgId, admin, 0)).toEqual({ letIn: 0, left: 1 })
  })

  test('nobody of another org', async () => {
    const id = await pushed()
    const rabbit = await makeTestOrg('White Rabbit')
    expect(await letIn({ org: rabbit, actor: admin }, id)).toBe(false)
    expect((await letInAll(rabbit.orgId, admin)).letIn).toBe(0)
    expect(await listHeld(rabbit.orgId)).toEqual({ people: [], total: 0 })
    expect(await countHeld(porter.orgId)).toBe(1)
  })
})

test('switched to active, who waits goes on waiting, who is pushed comes in', async () => {
  await push()
  await state('active')
  await send(porter, 'POST', '/Users', oktaUser(`new@${porter.domain}`))
  expect(await countHeld(porter.orgId)).toBe(1)
  expect(await canSignIn()).toBe(false)
})

test.each(['paused', 'off'] as const)(
  '%s answers 403 with a sentence, keeps everybody, and is told once',
  async (to) => {
    await state('active')
    await push()
    expect(await state(to)).toMatchObject({ ok: true, eventId: expect.any(String) })
    expect(await latest()).toMatchObject({ type: 'connection.changed', diff: [{ before: 'active', after: to }] })
    expect(await state(to)).toEqual({ ok: true, eventId: null })
    const refused = await push()
    expect(refused).toMatchObject({ status: 403, body: { detail: expect.stringContaining('Settings, Provisioning') } })
    expect(await canSignIn()).toBe(true)
  },
)

import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { users } from '@/db/schema'
import { tasks } from '@/db/schema-tasks'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import type { Role } from '@/db/types'
import { listEvents } from '@/lib/events/query'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import {
  addPerson,
  deactivatePerson,
  deletePerson,
  editPerson,
  type ManageContext,
  type Managed,
  reactivatePerson,
} from './manage-users'
import { getPerson } from './person'
import type { PersonForm } from './person-form'
import { getPersonAt } from './person-moment'
import { listLife } from './person-timeline'
import { createUser, patchUser, type ScimWrite } from './scim-users'

let porter: TestOrg
let rabbit: TestOrg
let okta: ScimWrite
let n = 0

beforeAll(async () => {
  porter = await makeTestOrg('Porter', { domainPolicy: 'off' })
  rabbit = await makeTestOrg('White Rabbit', { domainPolicy: 'off' })
  okta = { org: porter, actor: { kind: 'okta', tokenId: 'test' }, options: { mode: 'okta' } }
})
afterAll(shutdown)

const adamId = newId()
const as = (actorRole: Role, org = porter): ManageContext => ({
  org,
  actor: { kind: 'user', id: adamId, name: 'Adam Clarke' },
  actorRole,
})
const form = (rest: Partial<PersonForm> = {}): PersonForm => {
  const email = `p${++n}@porter.example`
  const blank = { givenName: 'Ada', familyName: 'Byron', displayName: '', title: '', department: '' }
  return { ...blank, email, userName: email, ...rest }
}
const idOf = (result: Managed): string => {
  if (!result.ok) throw new Error(result.sentence)
  return result.userId
}
const add = async (role: Role | null = null, rest = {}) => idOf(await addPerson(as('owner'), form(rest), role))
const fromOkta = async () =>
  (await createUser(okta, { userName: `o${++n}@porter.example`, externalId: `00u${n}` })).row.id
const push = (id: string, active: boolean) =>
  patchUser(okta, id, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', value: { active } }],
  })
const rowOf = async (id: string) => {
  const mine = and(eq(users.orgId, porter.orgId), eq(users.id, id))
  const [row] = await withOrg(porter.orgId, (tx) => tx.select().from(users).where(mine))
  return row
}

describe('people Okta does not manage', () => {
  test('are added, edited, deactivated, reactivated and deleted, each with its event by that person', async () => {
    const id = await add('manager', { title: 'Clerk' })
    expect(await getPerson(porter.orgId, id)).toMatchObject({ source: 'local', role: 'manager', managed: false })
    await editPerson(as('admin'), id, form({ familyName: 'King', department: 'Sums' }))
    expect(await rowOf(id)).toMatchObject({ displayName: 'Ada King', nameKey: 'ada king', role: 'manager' })
    await deactivatePerson(as('admin'), id)
    expect(await rowOf(id)).toMatchObject({ active: false })
    await reactivatePerson(as('admin'), id)
    expect(await rowOf(id)).toMatchObject({ active: true })
    await deletePerson(as('admin'), id)
    expect(await getPerson(porter.orgId, id)).toBeNull()
    const { events } = await listEvents(porter.orgId, { targetId: id })
    expect(events.map(({ type, actorName }) => [type, actorName])).toEqual(
      ['user.deleted', 'user.reactivated', 'user.deactivated', 'user.updated', 'user.created'].map((type) => [
        type,
        'Adam Clarke',
      ]),
    )
  })

  test('an edit keeps what the form does not know', async () => {
    const { row } = await createUser(okta, {
      userName: `x${++n}@porter.example`,
      phoneNumbers: [{ value: '+49', type: 'work' }],
      name: { givenName: 'Ada', familyName: 'Byron', honorificPrefix: 'Lady' },
    })
    const local = and(eq(users.orgId, porter.orgId), eq(users.id, row.id))
    await withOrg(porter.orgId, (tx) => tx.update(users).set({ source: 'local' }).where(local))
    await editPerson(as('admin'), row.id, form({ title: 'Countess' }))
    expect((await rowOf(row.id))?.attributes).toMatchObject({
      title: 'Countess',
      phoneNumbers: [{ value: '+49', type: 'work' }],
      name: { honorificPrefix: 'Lady' },
    })
  })

  test('a taken user name is refused by name, also one in other letters', async () => {
    const first = form()
    await addPerson(as('admin'), first, null)
    const again = await addPerson(as('admin'), form({ userName: first.userName.toUpperCase() }), null)
    expect(again).toMatchObject({ ok: false, why: 'taken', sentence: expect.stringContaining('Ada Byron') })
  })

  test('nothing differs: nothing is written but the event that says so', async () => {
    const same = form()
    const id = idOf(await addPerson(as('admin'), same, null))
    expect(await editPerson(as('admin'), id, same)).toMatchObject({ ok: true, changed: false })
    expect((await rowOf(id))?.version).toBe(1)
  })
})

describe('people of Okta', () => {
  test.each([
    ['edit', (id: string) => editPerson(as('owner'), id, form())],
    ['delete', (id: string) => deletePerson(as('owner'), id)],
  ])('%s is refused, with where to do it', async (_, change) => {
    const id = await fromOkta()
    const before = await rowOf(id)
    expect(await change(id)).toMatchObject({ ok: false, why: 'managed', sentence: expect.stringContaining('Okta') })
    expect(await rowOf(id)).toEqual(before)
  })

  test('break-glass: deactivated here, given back here, or by Okta’s next push', async () => {
    const id = await fromOkta()
    expect(await deactivatePerson(as('admin'), id)).toMatchObject({ ok: true })
    expect(await reactivatePerson(as('admin'), id)).toMatchObject({ ok: true })
    await deactivatePerson(as('admin'), id)
    await push(id, true)
    expect(await rowOf(id)).toMatchObject({ active: true })
  })

  test('whom Okta deactivated, Okta activates', async () => {
    const id = await fromOkta()
    await push(id, false)
    expect(await reactivatePerson(as('owner'), id)).toMatchObject({ ok: false, why: 'managed' })
    expect(await rowOf(id)).toMatchObject({ active: false })
  })
})

describe('owners', () => {
  test('the last one stays, whoever asks', async () => {
    const org = await makeTestOrg('Lone', { domainPolicy: 'off' })
    const boss = idOf(await addPerson(as('owner', org), form(), 'owner'))
    for (const change of [deactivatePerson, deletePerson]) {
      expect(await change(as('owner', org), boss)).toMatchObject({ ok: false, why: 'last-owner' })
    }
    expect(await getPerson(org.orgId, boss)).toMatchObject({ active: true, role: 'owner' })
  })

  test('an admin neither makes nor unmakes one', async () => {
    const [boss] = [await add('owner'), await add('owner')]
    expect(await addPerson(as('admin'), form(), 'owner')).toMatchObject({ ok: false, why: 'not-allowed' })
    for (const change of [deactivatePerson, deletePerson]) {
      expect(await change(as('admin'), boss)).toMatchObject({ ok: false, why: 'not-allowed' })
    }
    const member = await add()
    expect(await editPerson(as('admin'), member, form(), 'owner')).toMatchObject({ ok: false, why: 'not-allowed' })
    // An owner nobody has signed in as yet is found by the address: an admin's own one would make the admin owner.
    const moved = form({ email: `admin.two@${porter.domain}` })
    expect(await editPerson(as('admin'), boss, moved)).toMatchObject({ ok: false, why: 'not-allowed' })
    expect(await editPerson(as('owner'), boss, moved)).toMatchObject({ ok: true })
  })
})

test('nobody deactivates or deletes themselves', async () => {
  const id = await add('admin')
  const me: ManageContext = { org: porter, actor: { kind: 'user', id, name: 'Me' }, actorRole: 'admin' }
  for (const change of [deactivatePerson, deletePerson]) {
    expect(await change(me, id)).toMatchObject({ ok: false, why: 'not-allowed' })
  }
})

test.each<Role>(['member', 'manager'])('a %s changes nobody', async (role) => {
  const id = await add()
  const before = await rowOf(id)
  for (const change of [deactivatePerson, reactivatePerson, deletePerson]) {
    expect(await change(as(role), id)).toMatchObject({ ok: false, why: 'not-allowed' })
  }
  expect(await rowOf(id)).toEqual(before)
})

describe('another company', () => {
  test('finds nobody by the right id, and changes nothing', async () => {
    const id = await add()
    const before = await rowOf(id)
    expect(await getPerson(rabbit.orgId, id)).toBeNull()
    expect(await getPersonAt(rabbit.orgId, id, new Date())).toBeNull()
    expect(await listLife(rabbit.orgId, id)).toEqual({ lines: [] })
    for (const change of [deactivatePerson, reactivatePerson, deletePerson]) {
      expect(await change(as('owner', rabbit), id)).toMatchObject({ ok: false, why: 'missing' })
    }
    expect(await editPerson(as('owner', rabbit), id, form())).toMatchObject({ ok: false, why: 'missing' })
    expect(await rowOf(id)).toEqual(before)
  })
})

describe('a life', () => {
  test('hired, left, came back: the same account, and the tasks with it', async () => {
    const id = await fromOkta()
    await withOrg(porter.orgId, (tx) =>
      tx.insert(tasks).values({ orgId: porter.orgId, id: newId(), title: 'x', assigneeId: id, createdBy: id }),
    )
    await push(id, false)
    await push(id, true)
    const person = await getPerson(porter.orgId, id)
    expect(person?.milestones.map(({ kind }) => kind)).toEqual(['created', 'left', 'returned'])
    expect(person?.tasks).toEqual({ total: 1, kept: 1 })
    const then = await Promise.all(person?.milestones.map(({ at }) => getPersonAt(porter.orgId, id, at)) ?? [])
    expect(then.map((moment) => moment?.known && moment.state.attributes.active)).toEqual([true, false, true])
  })

  test('each field says who set it and by which event', async () => {
    const id = await fromOkta()
    await patchUser(okta, id, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', value: { title: 'Clerk' } }],
    })
    const { events } = await listEvents(porter.orgId, { targetId: id })
    const person = await getPerson(porter.orgId, id)
    const by = (path: string) => person?.fields.find((field) => field.path === path)?.set
    expect(by('title')).toMatchObject({ by: 'Okta', ref: events[0]?.ref })
    expect(by('userName')).toMatchObject({ by: 'Okta', ref: events[1]?.ref })
  })

  test('is told line by line, newest first, in pages that miss and repeat nothing', async () => {
    const id = await fromOkta()
    for (let i = 0; i < 7; i++) await push(id, i % 2 === 1)
    const whole = await listLife(porter.orgId, id, { limit: 50 })
    expect(whole.lines).toHaveLength(8)
    const seen: string[] = []
    let before: string | undefined
    do {
      const page = await listLife(porter.orgId, id, { limit: 3, ...(before ? { before } : {}) })
      seen.push(...page.lines.map((line) => line.id))
      before = page.next
    } while (before)
    expect(seen).toEqual(whole.lines.map((line) => line.id))
  })

  test('any moment of it can be seen', async () => {
    const id = await fromOkta()
    const hired = new Date()
    await new Promise((resolve) => setTimeout(resolve, 5))
    await push(id, false)
    const then = await getPersonAt(porter.orgId, id, hired)
    expect(then).toMatchObject({
      known: true,
      state: { attributes: { active: true }, role: 'member' },
      by: { by: 'Okta' },
    })
    const today = await getPersonAt(porter.orgId, id, new Date())
    expect(today).toMatchObject({ known: true, state: { attributes: { active: false } } })
    expect(await getPersonAt(porter.orgId, id, new Date('2020-01-01'))).toMatchObject({ known: false, hereYet: false })
  })
})

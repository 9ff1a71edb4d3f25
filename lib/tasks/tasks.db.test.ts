import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { users } from '@/db/schema'
import { tasks } from '@/db/schema-tasks'
import { withOrg } from '@/db/tenant'
import { makeTestOrg } from '@/db/test-orgs'
import { newId } from '@/lib/ids'
import { addTask, changeTask, completeTask, reassignTask, removeTask, type TaskActor } from './change-tasks'
import { listAssignees, listMyTasks, listTeamTasks } from './list-tasks'

type Company = { orgId: string; john: string; maya: string; left: string }

let porter: Company
let rabbit: Company

async function makePerson(orgId: string, name: string, active = true): Promise<string> {
  const id = newId()
  const now = new Date()
  const key = `${name.toLowerCase().replaceAll(' ', '.')}@porter.example`
  await withOrg(orgId, (tx) =>
    tx.insert(users).values({
      orgId,
      id,
      userName: key,
      userNameKey: key,
      active,
      source: 'okta',
      displayName: name,
      nameKey: name.toLowerCase(),
      attributes: {},
      role: 'member',
      roleReasons: [],
      createdAt: now,
      updatedAt: now,
    }),
  )
  return id
}

async function makeCompany(name: string): Promise<Company> {
  const { orgId } = await makeTestOrg(name)
  const john = await makePerson(orgId, 'John Doe')
  const maya = await makePerson(orgId, 'Maya Lindqvist')
  return { orgId, john, maya, left: await makePerson(orgId, 'Gone Away', false) }
}

const as = (company: Company, userId: string, manages = false): TaskActor => ({ orgId: company.orgId, userId, manages })

const rowsOf = (company: Company) =>
  withOrg(company.orgId, (tx) => tx.select().from(tasks).where(eq(tasks.orgId, company.orgId)))

beforeAll(async () => {
  porter = await makeCompany('Porter')
  rabbit = await makeCompany('White Rabbit')
})

beforeEach(async () => {
  for (const { orgId } of [porter, rabbit]) {
    await withOrg(orgId, (tx) => tx.delete(tasks).where(eq(tasks.orgId, orgId)))
  }
})

describe('one’s own tasks', () => {
  it('the soonest comes first, those without a day last', async () => {
    const john = as(porter, porter.john)
    await addTask(john, { title: 'some day', dueOn: null })
    await addTask(john, { title: 'later', dueOn: '2026-12-31' })
    await addTask(john, { title: 'soon', dueOn: '2026-12-01' })
    const { open, done } = await listMyTasks(porter.orgId, porter.john)
    expect(open.map(({ title }) => title)).toEqual(['soon', 'later', 'some day'])
    expect(done).toEqual([])
  })

  it('completing moves a task, opening again brings it back', async () => {
    const john = as(porter, porter.john)
    const id = await addTask(john, { title: 'x', dueOn: null })
    expect(await completeTask(john, id, true)).toBe(true)
    expect(await listMyTasks(porter.orgId, porter.john)).toMatchObject({ open: [], done: [{ id, done: true }] })
    expect(await completeTask(john, id, false)).toBe(true)
    expect(await listMyTasks(porter.orgId, porter.john)).toMatchObject({ open: [{ id, done: false }], done: [] })
  })

  it('handed over, it is the other’s, who sees from whom', async () => {
    const john = as(porter, porter.john)
    const id = await addTask(john, { title: 'x', dueOn: null })
    expect(await reassignTask(john, id, porter.maya)).toBe('done')
    expect(await listMyTasks(porter.orgId, porter.maya)).toMatchObject({ open: [{ id, from: 'John Doe' }] })
    expect(await removeTask(john, id)).toBe(false)
    expect(await rowsOf(porter)).toHaveLength(1)
  })

  it('survive that their owner leaves, and are seen by managers first', async () => {
    await addTask(as(porter, porter.john), { title: 'x', dueOn: null })
    await addTask(as(porter, porter.left), { title: 'left behind', dueOn: null })
    const { people, more } = await listTeamTasks(porter.orgId)
    expect(people.map(({ person }) => [person.name, person.active])).toEqual([
      ['Gone Away', false],
      ['John Doe', true],
    ])
    expect(more).toBe(false)
  })
})

describe('who may change a task', () => {
  const changes: [name: string, change: (actor: TaskActor, id: string) => Promise<unknown>, refused: unknown][] = [
    ['complete', (actor, id) => completeTask(actor, id, true), false],
    ['remove', removeTask, false],
    ['edit', (actor, id) => changeTask(actor, id, { title: 'y', dueOn: '2026-12-31' }), false],
    ['reassign', (actor, id) => reassignTask(actor, id, actor.userId), 'no-task'],
  ]

  it.each(changes)('a colleague without the role: %s', async (_, change, refused) => {
    const id = await addTask(as(porter, porter.john), { title: 'x', dueOn: null })
    const before = await rowsOf(porter)
    expect(await change(as(porter, porter.maya), id)).toBe(refused)
    expect(await rowsOf(porter)).toEqual(before)
  })

  it.each(changes)('a manager may: %s', async (_, change, refused) => {
    const id = await addTask(as(porter, porter.john), { title: 'x', dueOn: null })
    expect(await change(as(porter, porter.maya, true), id)).not.toBe(refused)
    expect(await rowsOf(porter)).not.toMatchObject([{ id, title: 'x', doneAt: null, assigneeId: porter.john }])
  })

  it.each(changes)('a manager of another org, with the right id: %s', async (_, change, refused) => {
    const id = await addTask(as(porter, porter.john), { title: 'x', dueOn: null })
    const before = await rowsOf(porter)
    expect(await change(as(rabbit, rabbit.maya, true), id)).toBe(refused)
    expect(await rowsOf(porter)).toEqual(before)
    expect(await rowsOf(rabbit)).toEqual([])
  })

  it.each(changes)('what is no id changes nothing: %s', async (_, change, refused) => {
    expect(await change(as(porter, porter.john, true), "1' or '1'='1")).toBe(refused)
  })
})

describe('to whom a task can go', () => {
  it('active people of the org only', async () => {
    const people = await listAssignees(porter.orgId)
    expect(people.map(({ name }) => name)).toEqual(['John Doe', 'Maya Lindqvist'])
  })

  it('found by a part of the name or user name, and nobody by a sign that stands for any', async () => {
    const found = async (q: string) => (await listAssignees(porter.orgId, q)).map(({ name }) => name)
    expect(await found('lind')).toEqual(['Maya Lindqvist'])
    expect(await found('JOHN.DOE@')).toEqual(['John Doe'])
    expect(await found('%')).toEqual([])
  })

  it.each([
    ['a person of another org', () => rabbit.john],
    ['somebody who left', () => porter.left],
    ['nobody', () => newId()],
    ['what is no id', () => 'maya'],
  ])('not to %s', async (_, person) => {
    const john = as(porter, porter.john)
    const id = await addTask(john, { title: 'x', dueOn: null })
    const before = await rowsOf(porter)
    expect(await reassignTask(john, id, person())).toBe('no-person')
    expect(await rowsOf(porter)).toEqual(before)
  })
})

it('lists show one org only', async () => {
  await addTask(as(porter, porter.john), { title: 'x', dueOn: null })
  expect(await listMyTasks(rabbit.orgId, porter.john)).toEqual({ open: [], done: [] })
  expect(await listTeamTasks(rabbit.orgId)).toEqual({ people: [], more: false })
})

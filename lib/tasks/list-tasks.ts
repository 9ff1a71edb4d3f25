import 'server-only'
import { and, asc, desc, eq, isNotNull, isNull, like, or, type SQL } from 'drizzle-orm'
import { users } from '@/db/schema'
import { tasks } from '@/db/schema-tasks'
import { type Tx, withOrg } from '@/db/tenant'
import { foldKey } from '@/lib/scim/text'

export type Task = {
  id: string
  title: string
  /** YYYY-MM-DD */
  dueOn: string | null
  done: boolean
  assigneeId: string
  /** Who handed it over; null when the assignee added it. */
  from: string | null
}

export type Person = { id: string; name: string; userName: string; active: boolean }
export type PersonTasks = { person: Person; tasks: Task[] }

const MAX_OPEN = 200
const MAX_DONE = 20
const MAX_TEAM = 500
/** More than fit a list to choose from: then one is looked for by name. */
export const MAX_PEOPLE = 200

/** What a person has to do, soonest first, and what they did last. */
export async function listMyTasks(orgId: string, userId: string): Promise<{ open: Task[]; done: Task[] }> {
  return withOrg(orgId, async (tx) => {
    const mine = eq(tasks.assigneeId, userId)
    const open = await select(tx, orgId, and(mine, isNull(tasks.doneAt)))
      .orderBy(asc(tasks.dueOn), asc(tasks.id))
      .limit(MAX_OPEN)
    const done = await select(tx, orgId, and(mine, isNotNull(tasks.doneAt)))
      .orderBy(desc(tasks.doneAt))
      .limit(MAX_DONE)
    return { open: open.map(toTask), done: done.map(toTask) }
  })
}

function select(tx: Tx, orgId: string, where: SQL | undefined) {
  return tx
    .select({ task: tasks, creator: users.displayName })
    .from(tasks)
    .innerJoin(users, and(eq(users.orgId, tasks.orgId), eq(users.id, tasks.createdBy)))
    .where(and(eq(tasks.orgId, orgId), where))
}

function toTask({ task, creator }: { task: typeof tasks.$inferSelect; creator: string }): Task {
  const { id, title, dueOn, doneAt, assigneeId, createdBy } = task
  return { id, title, dueOn, done: doneAt !== null, assigneeId, from: createdBy === assigneeId ? null : creator }
}

/** Every open task of the org under the person who has it, those of people who left first. */
export async function listTeamTasks(orgId: string): Promise<{ people: PersonTasks[]; more: boolean }> {
  const assignee = { id: users.id, name: users.displayName, userName: users.userName, active: users.active }
  const rows = await withOrg(orgId, (tx) =>
    tx
      .select({ task: tasks, person: assignee })
      .from(tasks)
      .innerJoin(users, and(eq(users.orgId, tasks.orgId), eq(users.id, tasks.assigneeId)))
      .where(and(eq(tasks.orgId, orgId), isNull(tasks.doneAt)))
      .orderBy(asc(users.active), asc(users.displayName), asc(users.id), asc(tasks.dueOn), asc(tasks.id))
      .limit(MAX_TEAM + 1),
  )
  const people = new Map<string, PersonTasks>()
  for (const { task, person } of rows.slice(0, MAX_TEAM)) {
    const entry = people.get(person.id) ?? { person, tasks: [] }
    entry.tasks.push(toTask({ task, creator: '' }))
    people.set(person.id, entry)
  }
  return { people: [...people.values()], more: rows.length > MAX_TEAM }
}

/** Active people a task can be given to, by name; `q` is a part of the name or user name. */
export async function listAssignees(orgId: string, q = ''): Promise<Omit<Person, 'active'>[]> {
  const part = `%${foldKey(q.replaceAll('\0', '').toWellFormed().trim()).replace(/[\\%_]/g, '\\$&')}%`
  const named = part === '%%' ? undefined : or(like(users.nameKey, part), like(users.userNameKey, part))
  return withOrg(orgId, (tx) =>
    tx
      .select({ id: users.id, name: users.displayName, userName: users.userName })
      .from(users)
      .where(and(eq(users.orgId, orgId), eq(users.active, true), isNull(users.deletedAt), named))
      .orderBy(asc(users.nameKey), asc(users.id))
      .limit(MAX_PEOPLE),
  )
}

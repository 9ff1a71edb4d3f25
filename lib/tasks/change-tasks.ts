import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { users } from '@/db/schema'
import { tasks } from '@/db/schema-tasks'
import { type Tx, withOrg } from '@/db/tenant'
import { isId, newId } from '@/lib/ids'

/** Who changes: managers may change every task of their org, others the tasks they have. */
export type TaskActor = { orgId: string; userId: string; manages: boolean }

export type NewTask = { title: string; dueOn: string | null }

/** Adds a task for oneself. Returns its id. */
export async function addTask(actor: TaskActor, { title, dueOn }: NewTask): Promise<string> {
  const { orgId, userId } = actor
  const id = newId()
  await withOrg(orgId, (tx) =>
    tx.insert(tasks).values({ orgId, id, title, dueOn, assigneeId: userId, createdBy: userId }),
  )
  return id
}

/** Marks a task done or open again. False: no such task here, or not one this person may change. */
export async function completeTask(actor: TaskActor, taskId: string, done: boolean): Promise<boolean> {
  if (!isId(taskId)) return false
  const set = { doneAt: done ? new Date() : null }
  return withOrg(actor.orgId, async (tx) => {
    const rows = await tx.update(tasks).set(set).where(mayChange(actor, taskId)).returning({ id: tasks.id })
    return rows.length > 0
  })
}

/** Gives a task another title or day. False as in completeTask. */
export async function changeTask(actor: TaskActor, taskId: string, { title, dueOn }: NewTask): Promise<boolean> {
  if (!isId(taskId)) return false
  return withOrg(actor.orgId, async (tx) => {
    const change = tx.update(tasks).set({ title, dueOn }).where(mayChange(actor, taskId))
    return (await change.returning({ id: tasks.id })).length > 0
  })
}

/** Removes a task. False as in completeTask. */
export async function removeTask(actor: TaskActor, taskId: string): Promise<boolean> {
  if (!isId(taskId)) return false
  return withOrg(actor.orgId, async (tx) => {
    const rows = await tx.delete(tasks).where(mayChange(actor, taskId)).returning({ id: tasks.id })
    return rows.length > 0
  })
}

export type Reassigned = 'done' | 'no-task' | 'no-person'

/** Gives a task to another active person of the same org. */
export async function reassignTask(actor: TaskActor, taskId: string, assigneeId: string): Promise<Reassigned> {
  if (!isId(taskId)) return 'no-task'
  if (!isId(assigneeId)) return 'no-person'
  return withOrg(actor.orgId, async (tx) => {
    if (!(await isActivePerson(tx, actor.orgId, assigneeId))) return 'no-person'
    const change = tx.update(tasks).set({ assigneeId }).where(mayChange(actor, taskId))
    const rows = await change.returning({ id: tasks.id })
    return rows.length > 0 ? 'done' : 'no-task'
  })
}

function mayChange({ orgId, userId, manages }: TaskActor, taskId: string) {
  return and(eq(tasks.orgId, orgId), eq(tasks.id, taskId), manages ? undefined : eq(tasks.assigneeId, userId))
}

async function isActivePerson(tx: Tx, orgId: string, id: string): Promise<boolean> {
  const active = and(eq(users.orgId, orgId), eq(users.id, id), eq(users.active, true), isNull(users.deletedAt))
  // Locked, so that a leaver cannot be given a task between the check and the write.
  const rows = await tx.select({ id: users.id }).from(users).where(active).for('share')
  return rows.length > 0
}

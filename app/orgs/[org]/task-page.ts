import 'server-only'
import type { HandOver, TaskActions } from '@/components/tasks/types'
import { isId } from '@/lib/ids'
import { listAssignees, MAX_PEOPLE } from '@/lib/tasks/list-tasks'
import { one, type Search } from './search'
import { changeTaskAction, completeTaskAction, reassignTaskAction, removeTaskAction } from './task-actions'

type Query = Awaited<Search>

/** The server actions of a list of tasks, for one org. Each authorises by itself. */
export const taskActions = (org: string): TaskActions => ({
  complete: completeTaskAction.bind(null, org),
  remove: removeTaskAction.bind(null, org),
  reassign: reassignTaskAction.bind(null, org),
  change: changeTaskAction.bind(null, org),
})

/** The people to hand the task named in the address over to, when one is named; `who` narrows them by name. */
export async function handOverOf(orgId: string, query: Query): Promise<HandOver | undefined> {
  const taskId = one(query.hand)
  if (!taskId || !isId(taskId)) return undefined
  const who = (one(query.who) ?? '').slice(0, 100)
  const people = await listAssignees(orgId, who)
  return { taskId, people, who, more: who !== '' || people.length >= MAX_PEOPLE }
}

/** The task whose title and day are being changed. */
export const editOf = (query: Query): string | undefined => one(query.edit)

/** Today, as a day in UTC. */
export const today = (): string => new Date().toISOString().slice(0, 10)

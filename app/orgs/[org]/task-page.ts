import 'server-only'
import type { HandOver, TaskActions } from '@/components/tasks/types'
import { isId } from '@/lib/ids'
import { listAssignees } from '@/lib/tasks/list-tasks'
import { completeTaskAction, reassignTaskAction, removeTaskAction } from './task-actions'

/** The server actions of a list of tasks, for one org. Each authorises by itself. */
export const taskActions = (org: string): TaskActions => ({
  complete: completeTaskAction.bind(null, org),
  remove: removeTaskAction.bind(null, org),
  reassign: reassignTaskAction.bind(null, org),
})

/** The people to hand the task named in the address over to, when one is named. */
export async function handOverOf(orgId: string, taskId: string | undefined): Promise<HandOver | undefined> {
  return taskId && isId(taskId) ? { taskId, people: await listAssignees(orgId) } : undefined
}

/** Today, as a day in UTC. */
export const today = (): string => new Date().toISOString().slice(0, 10)

'use server'

import { redirect } from 'next/navigation'
import { requireAction } from '@/lib/auth/authorize'
import { hasRole } from '@/lib/directory/roles'
import { addTask, changeTask, completeTask, reassignTask, removeTask, type TaskActor } from '@/lib/tasks/change-tasks'
import { parseTaskForm, type TaskFormErrors } from '@/lib/tasks/task-form'
import { refresh } from './refresh'

export type ChangeTaskState = Omit<AddTaskState, 'added'>
export type AddTaskState = { errors?: TaskFormErrors; title?: string; dueOn?: string; added?: string }

async function actorOf(org: string, form: FormData): Promise<TaskActor> {
  const viewer = await requireAction(org, 'member', { form })
  return { orgId: viewer.orgId, userId: viewer.userId, manages: hasRole(viewer.role, 'manager') }
}

const text = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** Adds a task for oneself; what was typed comes back with the errors. */
export async function addTaskAction(org: string, _: AddTaskState, form: FormData): Promise<AddTaskState> {
  const actor = await actorOf(org, form)
  const parsed = parseTaskForm(form)
  if ('errors' in parsed) return { errors: parsed.errors, title: text(form, 'title'), dueOn: text(form, 'dueOn') }
  const added = await addTask(actor, parsed.task)
  refresh(org)
  return { added }
}

/** `done=1` completes, anything else opens again. */
export async function completeTaskAction(org: string, form: FormData): Promise<void> {
  await completeTask(await actorOf(org, form), text(form, 'task'), text(form, 'done') === '1')
  refresh(org)
}

export async function removeTaskAction(org: string, form: FormData): Promise<void> {
  await removeTask(await actorOf(org, form), text(form, 'task'))
  refresh(org)
}

/** Another title or day; what was typed comes back with the errors. Then the list without the form. */
export async function changeTaskAction(org: string, _: ChangeTaskState, form: FormData): Promise<ChangeTaskState> {
  const actor = await actorOf(org, form)
  const parsed = parseTaskForm(form)
  if ('errors' in parsed) return { errors: parsed.errors, title: text(form, 'title'), dueOn: text(form, 'dueOn') }
  const changed = await changeTask(actor, text(form, 'task'), parsed.task)
  refresh(org)
  redirect(`/orgs/${encodeURIComponent(org)}${listPath(actor, form)}${changed ? '' : '?problem=no-task'}`)
}

const listPath = (actor: TaskActor, form: FormData): string =>
  text(form, 'list') === 'team' && actor.manages ? '/team' : ''

/** Gives a task to a colleague, then shows the list it came from. */
export async function reassignTaskAction(org: string, form: FormData): Promise<void> {
  const actor = await actorOf(org, form)
  const result = await reassignTask(actor, text(form, 'task'), text(form, 'person'))
  refresh(org)
  redirect(`/orgs/${encodeURIComponent(org)}${listPath(actor, form)}${result === 'done' ? '' : `?problem=${result}`}`)
}

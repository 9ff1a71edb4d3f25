import { deletePerson, runPersonAction, updatePerson } from './actions'
import { Cancelled, OktaError } from './errors'
import { pushNow, unlinkGroup } from './group-actions'
import { type Action, type Exchange, fullName, type Group, type Person, type PersonAction } from './model'
import type { Org, Store } from './store'
import { waitForTurn, wake } from './waiting'

/** A provisioning job an admin finds under Tasks: failed, or waiting for its next try. `id` is the person's or group's. */
export type OpenTask = {
  id: string
  kind: 'person' | 'group'
  name: string
  action: Action
  state: 'failed' | 'waiting'
  message: string
  at: string
  until?: string
  tries?: number
}

type Done = { requests: Exchange[]; error?: string }
export type Retried = { id: string; name: string; requests: Exchange[]; error?: string }

/** What is open at the company, people first. */
export function openTasks({ state }: Org): OpenTask[] {
  const people = state.people.flatMap((person) => taskOf(person, 'person', fullName(person)))
  return [...people, ...state.groups.flatMap((group) => taskOf(group, 'group', group.name))]
}

function taskOf({ id, task, waiting }: Person | Group, kind: OpenTask['kind'], name: string): OpenTask[] {
  if (waiting) {
    const { action, until, tries, reason } = waiting
    return [{ id, kind, name, action, state: 'waiting', message: reason, at: until, until, tries }]
  }
  return task ? [{ id, kind, name, action: task.action, state: 'failed', message: task.message, at: task.at }] : []
}

/** "Retry selected", one after the other; a waiting job is woken and goes on by itself. 404 for an id without a task. */
export async function retryTasks(store: Store, org: Org, ids: string[]): Promise<Retried[]> {
  const open = new Map(openTasks(org).map((task) => [task.id, task]))
  const unknown = ids.find((id) => !open.has(id))
  if (unknown !== undefined) throw new OktaError(404, `There is no open task ${unknown}.`)
  const retried: Retried[] = []
  for (const id of ids) {
    const { requests, error } = wake(org, id) ? { requests: [] } : await retryTask(store, org, id)
    retried.push({ id, name: open.get(id)?.name ?? id, requests, ...(error ? { error } : {}) })
  }
  return retried
}

/** Does the failed job of one person or group again. */
async function retryTask(store: Store, org: Org, id: string): Promise<Done> {
  const person = org.state.people.find((each) => each.id === id)
  if (person) return retryPerson(store, org, person)
  const group = org.state.groups.find((each) => each.id === id)
  if (group?.task?.action === 'unlink-group') return unlinkGroup(store, org, id, 'delete')
  return group ? pushNow(store, org, id) : { requests: [] }
}

function retryPerson(store: Store, org: Org, { id, task }: Person): Promise<Done> {
  if (task?.action === 'delete') return deletePerson(store, org, id)
  return isPersonAction(task?.action) ? runPersonAction(store, org, id, task.action) : updatePerson(store, org, id, {})
}

const PERSON_ACTIONS: readonly string[] = ['assign', 'unassign', 'deactivate', 'activate', 'suspend', 'unsuspend']
const isPersonAction = (action: Action | undefined): action is PersonAction =>
  action !== undefined && PERSON_ACTIONS.includes(action)

/** After a restart: jobs that waited when the stand-in stopped wait out the rest, then go on. */
export function resumeWaiting(store: Store, orgs: Org[]): void {
  for (const org of orgs) {
    for (const person of org.state.people) resume(store, org, person, { person })
    for (const group of org.state.groups) resume(store, org, group, { group })
  }
}

function resume(store: Store, org: Org, subject: Person | Group, about: { person?: Person; group?: Group }): void {
  if (!subject.waiting) return
  const { action, until, tries, reason } = subject.waiting
  subject.task = { action, message: reason, at: new Date().toISOString() }
  const ms = Math.max(0, Date.parse(until) - Date.now())
  waitForTurn(store, org, { action, ...about }, { tries, ms, reason })
    .then(() => retryTask(store, org, subject.id))
    .catch((error: unknown) => {
      if (!(error instanceof Cancelled || error instanceof OktaError)) console.error(error)
    })
}

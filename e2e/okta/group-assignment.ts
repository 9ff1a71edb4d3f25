import { type Outcome, runPersonAction } from './actions'
import { OktaError } from './errors'
import { changeMember, type GroupOutcome, isAssignedByGroup } from './group-actions'
import type { Exchange, Group, Person } from './model'
import { getGroup, getPerson, logEvent, type Org, type Store } from './store'

/** Assigns the app to a group, and so to everybody in it who has no assignment of their own. 409 when it is assigned. */
export async function assignGroup(store: Store, org: Org, idOrName: string): Promise<GroupOutcome> {
  const group = getGroup(org, idOrName)
  if (group.assigned) throw new OktaError(409, `${group.name} is already assigned to Rollcall.`)
  group.assigned = true
  logEvent(org, 'group.application_assignment.add', 'Assigned to Rollcall', { groupId: group.id })
  store.save()
  return forAll(store, org, group, group.members)
}

/** Takes the assignment back; people with one of their own, or of another group, keep it. 409 when there is none. */
export async function unassignGroup(store: Store, org: Org, idOrName: string): Promise<GroupOutcome> {
  const group = getGroup(org, idOrName)
  if (!group.assigned) throw new OktaError(409, `${group.name} is not assigned to Rollcall.`)
  group.assigned = false
  logEvent(org, 'group.application_assignment.remove', 'Unassigned from Rollcall', { groupId: group.id })
  store.save()
  return forAll(store, org, group, group.members)
}

/** Puts a person into a group or takes one out; an assigned group's assignment comes and goes with it. */
export async function setMember(
  store: Store,
  org: Org,
  idOrName: string,
  idOrLogin: string,
  isMember: boolean,
): Promise<GroupOutcome> {
  const person = getPerson(org, idOrLogin)
  const changed = await changeMember(store, org, idOrName, person.id, isMember)
  if (!changed.group.assigned) return changed
  const { requests, ...rest } = await forAll(store, org, changed.group, [person.id])
  return { ...changed, ...rest, requests: [...changed.requests, ...requests] }
}

/** Brings each person's assignment in line with the groups; the first refusal is the outcome's error. */
async function forAll(store: Store, org: Org, group: Group, ids: string[]): Promise<GroupOutcome> {
  const outcomes: Outcome[] = []
  for (const id of ids) {
    const person = org.state.people.find((each) => each.id === id)
    const outcome = person ? await align(store, org, person) : null
    if (outcome) outcomes.push(outcome)
  }
  const requests: Exchange[] = outcomes.flatMap((each) => each.requests)
  const error = outcomes.find((each) => each.error)?.error
  const waiting = outcomes.some((each) => each.waiting)
  return { group, requests, ...(error ? { error } : {}), ...(waiting ? { waiting } : {}) }
}

async function align(store: Store, org: Org, person: Person): Promise<Outcome | null> {
  const wanted = isAssignedByGroup(org, person)
  // Who is deactivated gets the group's assignment with the activation.
  if (wanted && !person.assigned && person.status !== 'deactivated') {
    const outcome = await runPersonAction(store, org, person.id, 'assign')
    person.assignedBy = 'group'
    store.save()
    return outcome
  }
  if (wanted || person.assignedBy !== 'group') return null
  return runPersonAction(store, org, person.id, 'unassign')
}

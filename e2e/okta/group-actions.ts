import { Cancelled, OktaError, ProvisioningError } from './errors'
import { deleteGroup, type GroupRun, pushGroup, renameGroup, syncMembers } from './group-push'
import { oneAtATime } from './lock'
import type { Exchange, Group, GroupAction, Person } from './model'
import { startRun } from './run'
import { getGroup, getPerson, logEvent, newGroup, type Org, type Store } from './store'
import { answerInTime, type Purpose, supersede, withRetries } from './waiting'

/** What an action on a group did: the group after it, every request it sent, and Okta's task when the app refused. */
export type GroupOutcome = { group: Group; requests: Exchange[]; error?: string; waiting?: boolean }

/** A new, empty group at the company; not pushed, so nothing is sent. 409 when the name is taken. */
export function addGroup(store: Store, org: Org, name: string): Group {
  requireFreeName(org, name)
  const group = newGroup(name)
  org.state.groups.push(group)
  logEvent(org, 'group.lifecycle.create', `${name} was added`, { groupId: group.id })
  store.save()
  return group
}

/** Removes a group from Okta. 409 while Push Groups still has it: Okta asks first what the app should do. */
export function removeGroup(store: Store, org: Org, idOrName: string): void {
  const group = getGroup(org, idOrName)
  if (group.push !== 'off') throw new OktaError(409, `${group.name} is a push group. Unlink it first.`)
  if (group.assigned) throw new OktaError(409, `${group.name} is assigned to Rollcall. Unassign it first.`)
  org.state.groups = org.state.groups.filter(({ id }) => id !== group.id)
  logEvent(org, 'group.lifecycle.delete', `${group.name} was deleted`, { groupId: group.id })
  store.save()
}

/** A new name; a pushed group is renamed in the app too. 409 when the name is taken. */
export function changeGroupName(store: Store, org: Org, idOrName: string, name: string): Promise<GroupOutcome> {
  return run(store, org, idOrName, 'update-group', async (each) => {
    requireFreeName(org, name, each.group.id)
    logEvent(org, 'group.profile.update', `${each.group.name} is now ${name}`, { groupId: each.group.id })
    each.group.name = name
    if (each.group.push === 'on') await renameGroup(each)
  })
}

/** Puts a person into the group or takes one out; a pushed group sends it when the person is assigned to the app. */
export function changeMember(
  store: Store,
  org: Org,
  idOrName: string,
  idOrLogin: string,
  isMember: boolean,
): Promise<GroupOutcome> {
  const person = getPerson(org, idOrLogin)
  return run(store, org, idOrName, 'update-group', async (each) => {
    const others = each.group.members.filter((id) => id !== person.id)
    logEvent(org, `group.user_membership.${isMember ? 'add' : 'remove'}`, each.group.name, { personId: person.id })
    each.group.members = isMember ? [...others, person.id] : others
    if (each.group.push === 'on') await syncMembers(each)
  })
}

/** Starts pushing a group, or pushes it now: by name, then its members. */
export function pushNow(store: Store, org: Org, idOrName: string): Promise<GroupOutcome> {
  return run(store, org, idOrName, 'push-group', (each) => {
    if (each.group.push !== 'on') {
      logEvent(org, 'application.provision.group_push.activate_mapping', each.group.name, { groupId: each.group.id })
    }
    each.group.push = 'on'
    return pushGroup(each)
  })
}

/** "Deactivate group push": the app keeps what it has, and nothing is sent until the next push. */
export function pausePush(store: Store, org: Org, idOrName: string): Promise<GroupOutcome> {
  return run(store, org, idOrName, 'update-group', async ({ group }) => {
    if (group.push !== 'on') throw new OktaError(409, `${group.name} is not being pushed.`)
    group.push = 'paused'
    logEvent(org, 'application.provision.group_push.deactivate_mapping', group.name, { groupId: group.id })
  })
}

/** "Unlink pushed group": the app's group is deleted, or left as it is. 409 when it is not linked. */
export function unlinkGroup(store: Store, org: Org, idOrName: string, inApp: 'delete' | 'keep'): Promise<GroupOutcome> {
  return run(store, org, idOrName, 'unlink-group', async (each) => {
    const { group } = each
    if (group.push === 'off') throw new OktaError(409, `${group.name} is not a push group.`)
    if (inApp === 'delete') await deleteGroup(each)
    logEvent(org, 'application.provision.group_push.mapping.delete', group.name, { groupId: group.id })
    group.push = 'off'
    group.appGroupId = undefined
    group.sent = {}
  })
}

/** Whether an assigned group holds the person. */
export const isAssignedByGroup = ({ state }: Org, { id }: Person): boolean =>
  state.groups.some(({ assigned, members }) => assigned && members.includes(id))

/** After a person came, left or got another id in the app: every pushed group sends what that changes. */
export async function syncGroupsOf(store: Store, org: Org, person: Person): Promise<Exchange[]> {
  const requests: Exchange[] = []
  const touched = org.state.groups.filter(
    ({ push, members, sent }) => push === 'on' && (members.includes(person.id) || sent[person.id] !== undefined),
  )
  for (const { id } of touched) requests.push(...(await run(store, org, id, 'update-group', syncMembers)).requests)
  return requests
}

function run(
  store: Store,
  org: Org,
  idOrName: string,
  action: GroupAction,
  work: (run: GroupRun) => Promise<void>,
): Promise<GroupOutcome> {
  const group = getGroup(org, idOrName)
  supersede(org, group.id)
  const purpose: Purpose = { action, group }
  const requests: Exchange[] = []
  const job = () =>
    oneAtATime(`${org.config.slug}/${group.id}`, () => runJob(store, org, purpose, group, requests, work))
  return answerInTime(purpose, job, () => ({ group, requests: [...requests], waiting: true }))
}

async function runJob(
  store: Store,
  org: Org,
  purpose: Purpose,
  group: Group,
  requests: Exchange[],
  work: (run: GroupRun) => Promise<void>,
): Promise<GroupOutcome> {
  const each: GroupRun = { ...startRun(store, org, purpose, requests), group }
  try {
    await withRetries(store, org, purpose, () => work(each))
    group.updatedAt = new Date().toISOString()
    if (requests.length > 0) group.task = undefined
    return { group, requests }
  } catch (error) {
    if (error instanceof Cancelled) return { group, requests, error: error.message }
    if (!(error instanceof ProvisioningError)) throw error
    const message = `Group push of ${group.name} to app Rollcall failed: ${error.message}`
    group.task = { action: purpose.action, message, at: new Date().toISOString() }
    return { group, requests, error: message }
  } finally {
    store.save()
  }
}

function requireFreeName(org: Org, name: string, exceptId?: string): void {
  const holder = org.state.groups.find((group) => group.name.toLowerCase() === name.toLowerCase())
  if (holder && holder.id !== exceptId) {
    throw new OktaError(409, `There already is a group ${holder.name} at ${org.config.name}.`)
  }
}

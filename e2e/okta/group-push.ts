import { ProvisioningError } from './errors'
import type { Exchange, Group } from './model'
import { lookUp, type Run } from './provisioning'
import type { Call } from './scim-client'
import { type Member, membershipPatch, newScimGroup, replacePatch, wholeGroup } from './scim-group'
import { asObject } from './scim-user'

/** A run about one group. */
export type GroupRun = Run & { group: Group }

/** Push by name, and "Push now": link the group of that name or create it, then bring its members in line. */
export async function pushGroup(run: GroupRun): Promise<void> {
  const { group } = run
  const linked = group.appGroupId ?? (await lookUp(run, '/Groups', `displayName eq ${JSON.stringify(group.name)}`))
  if (linked) {
    group.appGroupId = linked
    return sendWhole(run, linked)
  }
  const created = await run.call({ method: 'POST', path: '/Groups', body: newScimGroup(group.name) })
  const id = asObject(created.responseBody)?.id
  if (typeof id !== 'string') throw new ProvisioningError('the app answered the create without an id.')
  group.appGroupId = id
  group.sent = {}
  await syncMembers(run)
}

/** Sends who came and who went since the last push; nothing when nobody did. */
export async function syncMembers(run: GroupRun): Promise<void> {
  const { group } = run
  const id = group.appGroupId
  if (!id) return pushGroup(run)
  const members = pushable(run)
  const wanted = new Map(members.map(({ person, appUserId }) => [person.id, appUserId]))
  const added = members.filter(({ person, appUserId }) => group.sent[person.id] !== appUserId)
  const removed = Object.entries(group.sent).filter(([who, appId]) => wanted.get(who) !== appId && !isAway(run, who))
  if (added.length === 0 && removed.length === 0) return
  if (run.org.state.settings.mode === 'aiw') return sendWhole(run, id)
  const gone = removed.map(([, appUserId]) => appUserId)
  const body = membershipPatch(id, group.name, added, gone)
  await known(run, { method: 'PATCH', path: groupPath(id), body })
  const left = new Set(removed.map(([who]) => who))
  const kept = Object.entries(group.sent).filter(([who]) => !left.has(who))
  group.sent = { ...Object.fromEntries(kept), ...idsOf(added) }
}

/** A new name for a group the app has. */
export async function renameGroup(run: GroupRun): Promise<void> {
  const id = run.group.appGroupId
  if (!id) return pushGroup(run)
  if (run.org.state.settings.mode === 'aiw') return sendWhole(run, id)
  await known(run, { method: 'PATCH', path: groupPath(id), body: membershipPatch(id, run.group.name, [], []) })
}

/** Unlinking with "delete the group in the target app". */
export async function deleteGroup(run: GroupRun): Promise<void> {
  const id = run.group.appGroupId
  if (id) await known(run, { method: 'DELETE', path: groupPath(id) })
}

async function sendWhole(run: GroupRun, id: string): Promise<void> {
  const { group } = run
  const members = pushable(run)
  if (run.org.state.settings.mode === 'aiw') {
    await known(run, { method: 'PUT', path: groupPath(id), body: wholeGroup(id, group.name, members) })
  } else {
    await known(run, { method: 'PATCH', path: groupPath(id), body: replacePatch(id, group.name, members) })
  }
  group.sent = idsOf(members)
}

/** The members Okta sends: assigned to the app, not deactivated, and known there. */
function pushable({ org, group }: GroupRun): Member[] {
  const inGroup = new Set(group.members)
  return org.state.people.flatMap((person) => {
    const { id, status, assigned, appUserId } = person
    return inGroup.has(id) && assigned && status !== 'deactivated' && appUserId ? [{ person, appUserId }] : []
  })
}

/** Okta says nothing about somebody who is not assigned or deactivated, until that person is back. */
function isAway({ org }: GroupRun, personId: string): boolean {
  const person = org.state.people.find(({ id }) => id === personId)
  return person !== undefined && (!person.assigned || person.status === 'deactivated')
}

/** A call about an id the app gave. When the app no longer knows it, the next push looks the name up. */
async function known(run: GroupRun, call: Call): Promise<Exchange> {
  try {
    return await run.call(call)
  } catch (error) {
    if (run.requests.at(-1)?.status === 404) {
      run.group.appGroupId = undefined
      run.group.sent = {}
    }
    throw error
  }
}

const idsOf = (members: Member[]): Record<string, string> =>
  Object.fromEntries(members.map(({ person, appUserId }) => [person.id, appUserId]))

const groupPath = (id: string) => `/Groups/${encodeURIComponent(id)}`

import { entraMembers, entraRename, lookUpGroup, newEntraGroup } from './entra'
import type { Exchange, Group } from './model'
import { createdId, lookUp, type Run } from './run'
import type { Call } from './scim-client'
import { type Member, membershipPatch, newScimGroup, replacePatch, wholeGroup } from './scim-group'

/** A run about one group. */
export type GroupRun = Run & { group: Group }

/** Push by name, and "Push now": link the group of that name or create it, then bring its members in line. */
export async function pushGroup(run: GroupRun): Promise<void> {
  const { group } = run
  const linked = group.appGroupId ?? (await lookUpByName(run))
  if (linked) {
    group.appGroupId = linked
    return sendWhole(run, linked)
  }
  const body = isEntra(run) ? newEntraGroup(group.id, group.name) : newScimGroup(group.name)
  group.appGroupId = createdId(await run.call({ method: 'POST', path: '/Groups', body }))
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
  if (isWizardApp(run)) return sendWhole(run, id)
  const gone = removed.map(([, appUserId]) => appUserId)
  const body = isEntra(run)
    ? entraMembers(
        added.map(({ appUserId }) => appUserId),
        gone,
      )
    : membershipPatch(id, group.name, added, gone)
  await known(run, { method: 'PATCH', path: groupPath(id), body })
  const left = new Set(removed.map(([who]) => who))
  const kept = Object.entries(group.sent).filter(([who]) => !left.has(who))
  group.sent = { ...Object.fromEntries(kept), ...idsOf(added) }
}

/** A new name for a group the app has. */
export async function renameGroup(run: GroupRun): Promise<void> {
  const id = run.group.appGroupId
  if (!id) return pushGroup(run)
  if (isWizardApp(run)) return sendWhole(run, id)
  const body = isEntra(run) ? entraRename(run.group.name) : membershipPatch(id, run.group.name, [], [])
  await known(run, { method: 'PATCH', path: groupPath(id), body })
}

/** Unlinking with "delete the group in the target app". */
export async function deleteGroup(run: GroupRun): Promise<void> {
  const id = run.group.appGroupId
  if (id) await known(run, { method: 'DELETE', path: groupPath(id) })
}

async function sendWhole(run: GroupRun, id: string): Promise<void> {
  const { group } = run
  const members = pushable(run)
  if (isEntra(run)) {
    // Entra replaces nothing: it adds everybody who should be there, and those who are there stay.
    await known(run, { method: 'PATCH', path: groupPath(id), body: entraRename(group.name) })
    const added = members.map(({ appUserId }) => appUserId)
    if (added.length > 0) await known(run, { method: 'PATCH', path: groupPath(id), body: entraMembers(added, []) })
  } else if (isWizardApp(run)) {
    await known(run, { method: 'PUT', path: groupPath(id), body: wholeGroup(id, group.name, members) })
  } else {
    await known(run, { method: 'PATCH', path: groupPath(id), body: replacePatch(id, group.name, members) })
  }
  group.sent = idsOf(members)
}

const isEntra = ({ org }: Run): boolean => org.state.settings.sender === 'entra'
const isWizardApp = ({ org }: Run): boolean => org.state.settings.sender === 'okta' && org.state.settings.mode === 'aiw'

const lookUpByName = (run: GroupRun): Promise<string | undefined> =>
  isEntra(run)
    ? lookUpGroup(run, run.group.name)
    : lookUp(run, '/Groups', `displayName eq ${JSON.stringify(run.group.name)}`)

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

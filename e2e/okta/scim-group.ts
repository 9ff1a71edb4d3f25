import { fullName, type Person } from './model'
import { PATCH_OP } from './scim-user'

const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'

type Json = Record<string, unknown>
export type Member = { person: Person; appUserId: string }

/** Okta creates a group empty and adds its members afterwards. */
export const newScimGroup = (name: string): Json => ({ schemas: [GROUP], displayName: name, members: [] })

/** The whole group, as an App Integration Wizard app is sent it. */
export const wholeGroup = (id: string, name: string, members: Member[]): Json => ({
  schemas: [GROUP],
  id,
  displayName: name,
  members: members.map(memberValue),
})

/** Okta repeats id and name in front of every change of members. */
export const membershipPatch = (id: string, name: string, added: Member[], removed: string[]): Json =>
  patch([
    nameOperation(id, name),
    ...removed.map((appUserId) => ({ op: 'remove', path: `members[value eq "${appUserId}"]` })),
    ...(added.length > 0 ? [{ op: 'add', path: 'members', value: added.map(memberValue) }] : []),
  ])

/** "Push now" and linking: the app's members become exactly these. */
export const replacePatch = (id: string, name: string, members: Member[]): Json =>
  patch([nameOperation(id, name), { op: 'replace', path: 'members', value: members.map(memberValue) }])

const patch = (operations: Json[]): Json => ({ schemas: [PATCH_OP], Operations: operations })
const nameOperation = (id: string, displayName: string): Json => ({ op: 'replace', value: { id, displayName } })
const memberValue = ({ person, appUserId }: Member): Json => ({ value: appUserId, display: fullName(person) })

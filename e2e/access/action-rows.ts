import type { Role } from '@/db/types'
import type { Argument } from './actions'

/** Ids an action can be asked about: of this company, of the other, or of nobody. */
export type ActionIds = Record<'user' | 'group' | 'session' | 'task' | 'token', string>

/**
 * What each action needs and what to send: for whoever may, arguments that change nothing (an incomplete form, an id of
 * nobody). `stepUp`: also confirmed with Okta. `ids`: takes ids, so that the other company's can be sent.
 */
export type ActionRow = {
  need: Role | 'anybody'
  args: (org: string, ids: ActionIds) => Argument[]
  stepUp?: true
  ids?: true
  /** Also for who came by a setup link, as long as what it is about is not in use; at Porter all of it is. */
  guest?: true
  /** Changes something even so: the test puts it back. */
  changes?: true
}

/** A form among the arguments. */
export const form = (fields: Record<string, string> = {}): Argument => ({ form: fields })
/** `(org, form)`. */
const plain = (need: Role, fields: (ids: ActionIds) => Record<string, string>): ActionRow => ({
  need,
  ids: true,
  args: (org, ids) => [org, form(fields(ids))],
})
/** `(org, state, form)`, as useActionState calls it. */
const stated = (fields: Record<string, string> = {}): ActionRow => ({
  need: 'admin',
  args: (org) => [org, null, form(fields)],
})
const confirmed = (fields: Record<string, string> = {}): ActionRow => ({ ...stated(fields), stepUp: true })
/** `(org, id, …)`. */
const aboutUser = (...more: ((ids: ActionIds) => Argument)[]): ActionRow => ({
  need: 'admin',
  ids: true,
  args: (org, ids) => [org, ids.user, ...more.map((each) => each(ids))],
})

const general = 'orgs/[org]/admin/settings/general/actions'
const domains = 'orgs/[org]/admin/settings/domains/actions'
const provisioning = 'orgs/[org]/admin/settings/provisioning/actions'
const signIn = 'orgs/[org]/admin/settings/sign-in/actions'
const person = 'orgs/[org]/admin/users/[id]/actions'
const people = 'orgs/[org]/admin/users'
const roles = 'orgs/[org]/admin/settings/roles/actions'
const setup = 'orgs/[org]/admin/setup/actions'
const tasks = 'orgs/[org]/task-actions'

export const actionRows: Record<string, ActionRow> = {
  'theme-action setTheme': { need: 'anybody', args: () => [form({ theme: 'system' })] },
  'orgs/[org]/access/actions endMySessionAction': plain('member', ({ session }) => ({ session })),
  'orgs/[org]/access/actions endMyOtherSessionsAction': { need: 'member', args: (org) => [org] },
  [`${tasks} addTaskAction`]: { need: 'member', args: (org) => [org, null, form()] },
  [`${tasks} completeTaskAction`]: plain('member', ({ task }) => ({ task, done: '1' })),
  [`${tasks} removeTaskAction`]: plain('member', ({ task }) => ({ task })),
  [`${tasks} changeTaskAction`]: {
    need: 'member',
    ids: true,
    args: (org, { task }) => [org, null, form({ task, title: 'Taken over', dueOn: '' })],
  },
  [`${tasks} reassignTaskAction`]: plain('member', ({ task, user }) => ({ task, person: user })),
  [`${people}/form-actions addPersonAction`]: stated(),
  [`${people}/form-actions editPersonAction`]: aboutUser(
    () => null,
    () => form({ userName: 'taken.over@porter.example', givenName: 'Taken', familyName: 'Over' }),
  ),
  [`${person} deactivateAction`]: aboutUser(),
  [`${person} reactivateAction`]: aboutUser(),
  [`${person} deleteAction`]: aboutUser(),
  [`${person} setRoleAction`]: aboutUser(
    () => null,
    () => form({ role: 'manager' }),
  ),
  [`${person} endSessionAction`]: aboutUser(({ session }) => form({ session })),
  [`${person} endAllSessionsAction`]: aboutUser(),
  [`${people}/import/actions previewAction`]: stated(),
  [`${people}/import/actions applyAction`]: stated(),
  'orgs/[org]/admin/groups/mapping-action mapGroupAction': {
    need: 'admin',
    stepUp: true,
    args: (org, { group }) => [org, group, `/orgs/${org}/admin/groups`, null, form({ role: 'admin', seen: '' })],
  },
  [`${setup} chooseAction`]: { ...confirmed({ mode: 'strict' }), guest: true },
  [`${setup} clientAction`]: {
    ...confirmed({ issuer: 'https://evil.example', clientId: 'x', clientSecret: 'x' }),
    guest: true,
  },
  [`${setup} makeTokenAction`]: { ...confirmed({ state: 'active' }), guest: true },
  [`${setup} linkAction`]: confirmed(),
  'orgs/[org]/admin/setup/readiness/actions runAction': { need: 'admin', args: (org) => [org] },
  [`${setup} finishAction`]: { need: 'admin', args: (org) => [org] },
  [`${roles} scimRolesAction`]: confirmed({ admin: 'on' }),
  [`${roles} addEntitlementAction`]: stated(),
  [`${roles} changeEntitlementAction`]: { need: 'admin', args: (org) => [org, 'nothing', null, form()] },
  [`${roles} removeEntitlementAction`]: stated({ value: 'nothing' }),
  [`${people}/review/actions letInAction`]: {
    need: 'admin',
    ids: true,
    args: (org, { user }) => [org, null, form({ user })],
  },
  [`${people}/review/actions letInAllAction`]: stated(),
  [`${general} nameAction`]: stated(),
  [`${general} defaultRoleAction`]: confirmed({ defaultRole: 'manager' }),
  [`${general} brakeAction`]: stated({ brakeUsers: 'many' }),
  [`${general} retentionAction`]: stated(),
  [`${general} releaseAction`]: stated(),
  [`${general} stopAction`]: { need: 'admin', args: (org) => [org], changes: true },
  [`${domains} claimAction`]: stated(),
  [`${domains} checkAction`]: stated({ domain: 'nobody-claimed.example' }),
  [`${domains} releaseAction`]: stated({ domain: 'nobody-claimed.example' }),
  [`${domains} policyAction`]: stated(),
  [`${provisioning} tokenAction`]: confirmed({ do: 'create', days: '365' }),
  [`${provisioning} revokeAction`]: {
    need: 'admin',
    ids: true,
    args: (org, { token }) => [org, null, form({ token })],
  },
  [`${provisioning} stateAction`]: stated(),
  [`${provisioning} modeAction`]: confirmed({ mode: 'strict' }),
  [`${provisioning} disconnectAction`]: { need: 'admin', args: (org) => [org], stepUp: true },
  [`${signIn} connectionAction`]: confirmed({ issuer: 'https://evil.example', clientId: 'x', clientSecret: 'x' }),
  [`${signIn} signInAction`]: confirmed({ signIn: 'off' }),
  [`${signIn} jitAction`]: confirmed({ jit: 'on' }),
  [`${signIn} forgetLinksAction`]: { need: 'admin', args: (org) => [org], stepUp: true },
}

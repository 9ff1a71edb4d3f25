import { OktaError } from '../errors'
import type { Action, Person, PersonAction } from '../model'

type Fields = { get: (name: string) => unknown }

/** The profile form as the JSON API would get it; checked by the same schema afterwards. */
export const profileForm = (form: Fields) => ({
  firstName: form.get('firstName') ?? '',
  lastName: form.get('lastName') ?? '',
  login: form.get('login') ?? '',
  title: form.get('title') ?? '',
  department: form.get('department') ?? '',
  roles: [form.get('role')].filter((role) => role && role !== 'none'),
})

/** The settings form; an empty token field means "keep the one there is". */
export const settingsForm = (form: Fields) => ({
  mode: form.get('mode'),
  ...(form.get('sender') ? { sender: form.get('sender') } : {}),
  ...(form.get('timeScale') ? { timeScale: Number(form.get('timeScale')) } : {}),
  enforceAssignment: form.get('enforceAssignment') === 'yes',
  scim: form.get('scim'),
  ...(form.get('scimToken') ? { scimToken: form.get('scimToken') } : {}),
})

const SENTENCES: Record<PersonAction, string> = {
  assign: 'Assigned to Rollcall.',
  unassign: 'No longer assigned to Rollcall.',
  deactivate: 'Deactivated.',
  activate: 'Activated.',
  suspend: 'Suspended. Okta does not tell apps about a suspension.',
  unsuspend: 'Unsuspended. Okta does not tell apps about it.',
}

/** Which action a button's address names, and the sentence for when it worked; `retry` repeats the failed one. */
export function toPersonAction(
  name: string,
  person: Person,
): { action: PersonAction | Extract<Action, 'update'>; done: string } {
  const action = name === 'retry' ? person.task?.action : name
  if (action === 'update' && name === 'retry') return { action, done: 'Profile pushed.' }
  if (isPersonAction(action)) return { action, done: SENTENCES[action] }
  throw new OktaError(404, `There is no action "${name}" for this person now.`)
}

const isPersonAction = (name: string | undefined): name is PersonAction =>
  name !== undefined && Object.hasOwn(SENTENCES, name)

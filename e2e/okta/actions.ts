import { remove } from './entra'
import { Cancelled, OktaError, ProvisioningError } from './errors'
import { isAssignedByGroup, syncGroupsOf } from './group-actions'
import { newUserId } from './ids'
import { oneAtATime } from './lock'
import {
  type Action,
  type Exchange,
  fullName,
  type Person,
  type PersonAction,
  type Profile,
  type ProfilePatch,
} from './model'
import { deprovision, provision, pushProfile, reactivate } from './provisioning'
import { type Provisioning, startRun } from './run'
import { endOktaSessions, getPerson, logEvent, type Org, requireFreeLogin, type Store } from './store'
import { answerInTime, type Purpose, supersede, withRetries } from './waiting'

/** What an action did: the person after it, every request it sent, and Okta's task when the app refused; or that it waits. */
export type Outcome = { person: Person | null; requests: Exchange[]; error?: string; waiting?: boolean }

/** A new person at the company; not assigned, so nothing is sent. 409 when the login is taken. */
export function addPerson(store: Store, org: Org, profile: Profile): Person {
  requireFreeLogin(org, profile.login)
  const now = new Date().toISOString()
  const person: Person = {
    ...profile,
    id: newUserId(),
    status: 'active',
    assigned: false,
    createdAt: now,
    updatedAt: now,
  }
  org.state.people.push(person)
  logEvent(org, 'user.lifecycle.create', `${fullName(person)} was added`, { personId: person.id })
  store.save()
  return person
}

/** Edits a profile and, when the person is assigned and not deactivated, pushes it: GET, then PUT. */
export function updatePerson(store: Store, org: Org, idOrLogin: string, patch: ProfilePatch): Promise<Outcome> {
  const person = getPerson(org, idOrLogin)
  let knownAs = person.login
  const before = () => {
    if (patch.login !== undefined) requireFreeLogin(org, patch.login, person.id)
    knownAs = person.login
    Object.assign(person, patch)
    logEvent(org, 'user.account.update_profile', 'Profile changed', { personId: person.id })
  }
  return runJob(store, org, person, 'update', before, (run) =>
    person.assigned && person.status !== 'deactivated' ? pushProfile(run, knownAs) : Promise.resolve(),
  )
}

/** Assign, unassign, deactivate, activate, suspend or unsuspend. 409 with a sentence when it makes no sense now. */
export function runPersonAction(store: Store, org: Org, idOrLogin: string, action: PersonAction): Promise<Outcome> {
  const person = getPerson(org, idOrLogin)
  const before = () => {
    // A failed task may be retried with the same action.
    const refusal = person.task?.action === action ? null : refusalOf(person, action)
    if (refusal) throw new OktaError(409, `${fullName(person)} ${refusal}`)
    if (action === 'assign') person.assignedBy = undefined
    logAction(org, person, action)
  }
  return runJob(store, org, person, action, before, steps[action])
}

/**
 * Deletes a deactivated person. Okta sends nothing: it deactivated them before. Entra sends DELETE. 409 while the person
 * is not deactivated.
 */
export async function deletePerson(store: Store, org: Org, idOrLogin: string): Promise<Outcome> {
  const person = getPerson(org, idOrLogin)
  if (person.status !== 'deactivated') {
    throw new OktaError(409, `${fullName(person)} is ${person.status}. Deactivate the person first, then delete.`)
  }
  const sends = org.state.settings.sender === 'entra'
  const outcome = await runJob(
    store,
    org,
    person,
    'delete',
    () => undefined,
    (run) => (sends ? remove(run) : Promise.resolve()),
  )
  if (outcome.error || outcome.waiting) return outcome
  org.state.people = org.state.people.filter(({ id }) => id !== person.id)
  for (const group of org.state.groups) {
    group.members = group.members.filter((id) => id !== person.id)
    delete group.sent[person.id]
  }
  logEvent(org, 'user.lifecycle.delete.initiated', `${fullName(person)} was deleted`, { personId: person.id })
  store.save()
  return { ...outcome, person: null }
}

// Entra asks for somebody who cannot be there.
const ENTRA_TEST = `/Users?filter=${encodeURIComponent(`userName eq "5b0d7d9c-nobody-${newUserId()}"`)}`

/** "Test API Credentials" of Okta's Integration tab. */
export async function testCredentials(store: Store, org: Org): Promise<Outcome> {
  const run = startRun(store, org, { action: 'test-credentials' })
  try {
    await run.call({
      method: 'GET',
      path: org.state.settings.sender === 'entra' ? ENTRA_TEST : '/Users?startIndex=1&count=2',
    })
    return { person: null, requests: run.requests }
  } catch (error) {
    if (!(error instanceof ProvisioningError)) throw error
    return { person: null, requests: run.requests, error: `Error authenticating: ${error.message}` }
  }
}

const steps: Record<PersonAction, (run: Provisioning, person: Person) => Promise<void>> = {
  assign: (run, person) => {
    person.assigned = true
    return person.appUserId ? reactivate(run) : provision(run)
  },
  unassign: (run, person) => {
    person.assigned = false
    person.assignedBy = undefined
    return deprovision(run)
  },
  deactivate: (run, person) => {
    person.status = 'deactivated'
    endOktaSessions(run.org, person.id)
    return person.assigned ? deprovision(run) : Promise.resolve()
  },
  activate: (run, person) => {
    person.status = 'active'
    if (!person.assigned && isAssignedByGroup(run.org, person)) {
      person.assigned = true
      person.assignedBy = 'group'
    }
    if (!person.assigned) return Promise.resolve()
    return person.appUserId ? reactivate(run) : provision(run)
  },
  // Okta tells apps nothing about a suspension: the person just cannot sign in to Okta. Entra blocks the person there too.
  suspend: async (run, person) => {
    person.status = 'suspended'
    endOktaSessions(run.org, person.id)
    if (person.assigned && run.org.state.settings.sender === 'entra') await deprovision(run)
  },
  unsuspend: async (run, person) => {
    person.status = 'active'
    if (person.assigned && run.org.state.settings.sender === 'entra') await reactivate(run)
  },
}

const EVENTS: Record<PersonAction, [name: string, text: string]> = {
  assign: ['application.user_membership.add', 'Assigned to Rollcall'],
  unassign: ['application.user_membership.remove', 'Unassigned from Rollcall'],
  deactivate: ['user.lifecycle.deactivate', 'Deactivated'],
  activate: ['user.lifecycle.activate', 'Activated'],
  suspend: ['user.lifecycle.suspend', 'Suspended; apps are not told'],
  unsuspend: ['user.lifecycle.unsuspend', 'Unsuspended; apps are not told'],
}

function logAction(org: Org, person: Person, action: PersonAction): void {
  const [name, text] = EVENTS[action]
  logEvent(org, name, text, { personId: person.id })
}

function refusalOf(person: Person, action: PersonAction): string | null {
  const { status, assigned, appUserId } = person
  switch (action) {
    case 'assign':
      if (status === 'deactivated') return 'is deactivated. Activate the person first.'
      return assigned && appUserId ? 'is already assigned to Rollcall.' : null
    case 'unassign':
      return assigned ? null : 'is not assigned to Rollcall.'
    case 'deactivate':
      return status === 'deactivated' ? 'is already deactivated.' : null
    case 'activate':
      if (status === 'suspended') return 'is suspended, not deactivated. Unsuspend the person instead.'
      return status === 'active' ? 'is already active.' : null
    case 'suspend':
      return status === 'active' ? null : `is ${status}; only an active person can be suspended.`
    case 'unsuspend':
      return status === 'suspended' ? null : 'is not suspended.'
  }
}

/** One job about a person, after the one under way; an older one that waits for its next try gives way. */
function runJob(
  store: Store,
  org: Org,
  person: Person,
  action: Action,
  before: () => void,
  work: (run: Provisioning, person: Person) => Promise<void>,
): Promise<Outcome> {
  supersede(org, person.id)
  const purpose: Purpose = { action, person }
  const requests: Exchange[] = []
  const job = () =>
    oneAtATime(`${org.config.slug}/${person.id}`, async () => {
      before()
      return runAction(store, org, purpose, { person, requests }, work)
    })
  return answerInTime(purpose, job, () => ({ person, requests: [...requests], waiting: true }))
}

async function runAction(
  store: Store,
  org: Org,
  purpose: Purpose,
  { person, requests }: { person: Person; requests: Exchange[] },
  work: (run: Provisioning, person: Person) => Promise<void>,
): Promise<Outcome> {
  const { action } = purpose
  const run: Provisioning = { ...startRun(store, org, purpose, requests), person }
  person.updatedAt = new Date().toISOString()
  store.save()
  try {
    await withRetries(store, org, purpose, () => work(run, person))
    if (requests.length > 0) person.task = undefined
    const pushed = await syncGroupsOf(store, org, person)
    return { person, requests: [...requests, ...pushed] }
  } catch (error) {
    if (error instanceof Cancelled) return { person, requests, error: error.message }
    if (!(error instanceof ProvisioningError)) throw error
    const message = `Automatic ${kindOf(action)} of user ${fullName(person)} to app Rollcall failed: ${error.message}`
    person.task = { action, message, at: new Date().toISOString() }
    return { person, requests, error: message }
  } finally {
    store.save()
  }
}

function kindOf(action: Action): string {
  if (action === 'update') return 'profile push'
  return action === 'deactivate' || action === 'unassign' ? 'deprovisioning' : 'provisioning'
}

import { OktaError, ProvisioningError } from './errors'
import { syncGroupsOf } from './group-actions'
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
import { deprovision, type Provisioning, provision, pushProfile, reactivate, startProvisioning } from './provisioning'
import { endOktaSessions, getPerson, type Org, requireFreeLogin, type Store } from './store'

/** What an action did: the person after it, every request it sent, and Okta's task when the app refused. */
export type Outcome = { person: Person | null; requests: Exchange[]; error?: string }

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
  store.save()
  return person
}

/** Edits a profile and, when the person is assigned and not deactivated, pushes it: GET, then PUT. */
export function updatePerson(store: Store, org: Org, idOrLogin: string, patch: ProfilePatch): Promise<Outcome> {
  const person = getPerson(org, idOrLogin)
  return oneAtATime(`${org.config.slug}/${person.id}`, () => {
    if (patch.login !== undefined) requireFreeLogin(org, patch.login, person.id)
    const knownAs = person.login
    Object.assign(person, patch)
    return runAction(store, org, person, 'update', (run) =>
      person.assigned && person.status !== 'deactivated' ? pushProfile(run, knownAs) : Promise.resolve(),
    )
  })
}

/** Assign, unassign, deactivate, activate, suspend or unsuspend. 409 with a sentence when it makes no sense now. */
export function runPersonAction(store: Store, org: Org, idOrLogin: string, action: PersonAction): Promise<Outcome> {
  const person = getPerson(org, idOrLogin)
  return oneAtATime(`${org.config.slug}/${person.id}`, () => {
    // A failed task may be retried with the same action.
    const refusal = person.task?.action === action ? null : refusalOf(person, action)
    if (refusal) throw new OktaError(409, `${fullName(person)} ${refusal}`)
    return runAction(store, org, person, action, steps[action])
  })
}

/** "Test API Credentials" of Okta's Integration tab. */
export async function testCredentials(store: Store, org: Org): Promise<Outcome> {
  const run = startProvisioning(store, org, 'test-credentials')
  try {
    await run.call({ method: 'GET', path: '/Users?startIndex=1&count=2' })
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
    return deprovision(run)
  },
  deactivate: (run, person) => {
    person.status = 'deactivated'
    endOktaSessions(run.org, person.id)
    return person.assigned ? deprovision(run) : Promise.resolve()
  },
  activate: (run, person) => {
    person.status = 'active'
    if (!person.assigned) return Promise.resolve()
    return person.appUserId ? reactivate(run) : provision(run)
  },
  // Okta tells apps nothing about a suspension: the person just cannot sign in to Okta.
  suspend: async (run, person) => {
    person.status = 'suspended'
    endOktaSessions(run.org, person.id)
  },
  unsuspend: async (_run, person) => {
    person.status = 'active'
  },
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

async function runAction(
  store: Store,
  org: Org,
  person: Person,
  action: Action,
  work: (run: Provisioning, person: Person) => Promise<void>,
): Promise<Outcome> {
  const run = startProvisioning(store, org, action, person)
  person.updatedAt = new Date().toISOString()
  store.save()
  try {
    await work(run, person)
    if (run.requests.length > 0) person.task = undefined
    const pushed = await syncGroupsOf(store, org, person)
    return { person, requests: [...run.requests, ...pushed] }
  } catch (error) {
    if (!(error instanceof ProvisioningError)) throw error
    const message = `Automatic ${kindOf(action)} of user ${fullName(person)} to app Rollcall failed: ${error.message}`
    person.task = { action, message, at: new Date().toISOString() }
    return { person, requests: run.requests, error: message }
  } finally {
    store.save()
  }
}

function kindOf(action: Action): string {
  if (action === 'update') return 'profile push'
  return action === 'deactivate' || action === 'unassign' ? 'deprovisioning' : 'provisioning'
}

import { ProvisioningError } from './errors'
import type { Action, Exchange, Person } from './model'
import { type Call, type Purpose, send } from './scim-client'
import { activePatch, asObject, mergedUser, newUser, wholeUser } from './scim-user'
import type { Org, Store } from './store'

/** How one action sends, and what it sent so far. */
export type Run = {
  org: Org
  requests: Exchange[]
  /** Sends and returns the answer; throws ProvisioningError for anything but 2xx. */
  call: (call: Call) => Promise<Exchange>
}

/** A run about one person. */
export type Provisioning = Run & { person: Person }

const NOBODY: Person = {
  id: '',
  login: '',
  firstName: '',
  lastName: '',
  title: '',
  department: '',
  roles: [],
  status: 'active',
  assigned: false,
  createdAt: '',
  updatedAt: '',
}

/** Begins a run about a person; without one (credentials test) the calls are about nobody. */
export function startProvisioning(store: Store, org: Org, action: Action, person?: Person): Provisioning {
  return { ...startRun(store, org, person ? { action, person } : { action }), person: person ?? NOBODY }
}

/** Begins a run: every request it sends is logged under `purpose` and kept in `requests`. */
export function startRun(store: Store, org: Org, purpose: Purpose): Run {
  const requests: Exchange[] = []
  const call = async (request: Call) => {
    const tries = await send(store, org, purpose, request)
    requests.push(...tries)
    const last = tries.at(-1)
    if (!last || last.status < 200 || last.status > 299) throw new ProvisioningError(reasonOf(last))
    return last
  }
  return { org, requests, call }
}

/** Assign: look the userName up; POST when the app has nobody, PUT over whom it has. */
export async function provision(run: Provisioning): Promise<void> {
  const { person } = run
  const id = await lookUpUser(run, person.login)
  if (id) {
    person.appUserId = id
    await run.call({ method: 'PUT', path: userPath(id), body: wholeUser(person, id) })
    return
  }
  const created = await run.call({ method: 'POST', path: '/Users', body: newUser(person) })
  const newId = asObject(created.responseBody)?.id
  if (typeof newId !== 'string') throw new ProvisioningError('the app answered the create without an id.')
  person.appUserId = newId
}

/** Profile push: GET, then PUT. `knownAs` is the userName the app still has when the login was edited. */
export async function pushProfile(run: Provisioning, knownAs: string): Promise<void> {
  run.person.appUserId ??= await lookUpUser(run, knownAs)
  if (!run.person.appUserId) return provision(run)
  await readAndPut(run, run.person.appUserId, true)
}

/** Coming back: active first, then the profile as it is now. */
export async function reactivate(run: Provisioning): Promise<void> {
  const id = run.person.appUserId
  if (!id) return provision(run)
  if (run.org.state.settings.mode === 'aiw') return readAndPut(run, id, true)
  await known(run, { method: 'PATCH', path: userPath(id), body: activePatch(true) })
  await known(run, { method: 'PUT', path: userPath(id), body: wholeUser(run.person, id) })
}

/** Leaving: never a DELETE, only active=false. */
export async function deprovision(run: Provisioning): Promise<void> {
  run.person.appUserId ??= await lookUpUser(run, run.person.login)
  const id = run.person.appUserId
  if (!id) return
  if (run.org.state.settings.mode === 'aiw') return readAndPut(run, id, false)
  await known(run, { method: 'PATCH', path: userPath(id), body: activePatch(false) })
}

async function readAndPut(run: Provisioning, id: string, active: boolean): Promise<void> {
  const { responseBody } = await known(run, { method: 'GET', path: userPath(id) })
  const got = asObject(responseBody)
  if (!got) throw new ProvisioningError('the app answered the read with something that is not a SCIM user.')
  await known(run, { method: 'PUT', path: userPath(id), body: mergedUser(got, run.person, active) })
}

const lookUpUser = (run: Run, userName: string) => lookUp(run, '/Users', `userName eq ${JSON.stringify(userName)}`)

/** The id of the first resource a filter finds, or undefined. Throws when the answer is no SCIM list. */
export async function lookUp(run: Run, path: string, by: string): Promise<string | undefined> {
  const filter = encodeURIComponent(by)
  const { responseBody } = await run.call({ method: 'GET', path: `${path}?filter=${filter}&startIndex=1&count=100` })
  const list = asObject(responseBody)
  if (!list || typeof list.totalResults !== 'number') {
    throw new ProvisioningError('the app answered the look-up with something that is not a SCIM list.')
  }
  const first = Array.isArray(list.Resources) ? asObject(list.Resources[0]) : null
  return typeof first?.id === 'string' ? first.id : undefined
}

/** A call about an id the app gave. When the app no longer knows it, the next assignment looks up again. */
async function known(run: Provisioning, call: Call): Promise<Exchange> {
  try {
    return await run.call(call)
  } catch (error) {
    if (run.requests.at(-1)?.status === 404) run.person.appUserId = undefined
    throw error
  }
}

const userPath = (id: string) => `/Users/${encodeURIComponent(id)}`

function reasonOf(exchange: Exchange | undefined): string {
  if (!exchange) return 'nothing was sent.'
  if (exchange.status === 0) return `no answer from ${exchange.url} (${exchange.error ?? 'unknown reason'})`
  const detail = asObject(exchange.responseBody)?.detail
  return typeof detail === 'string' ? detail : `the app answered HTTP ${exchange.status}.`
}

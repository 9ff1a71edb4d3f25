import { ProvisioningError } from './errors'
import type { Action, Exchange, Person } from './model'
import { type Call, send } from './scim-client'
import { activePatch, asObject, mergedUser, newUser, wholeUser } from './scim-user'
import type { Org, Store } from './store'

/** One run of an action: the person it is about, how to send, and what was sent so far. */
export type Provisioning = {
  org: Org
  person: Person
  requests: Exchange[]
  /** Sends and returns the answer; throws ProvisioningError for anything but 2xx. */
  call: (call: Call) => Promise<Exchange>
}

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

/** Begins a run; without a person (credentials test) the calls are about nobody. */
export function startProvisioning(store: Store, org: Org, action: Action, person?: Person): Provisioning {
  const requests: Exchange[] = []
  const call = async (request: Call) => {
    const tries = await send(store, org, person ? { action, person } : { action }, request)
    requests.push(...tries)
    const last = tries.at(-1)
    if (!last || last.status < 200 || last.status > 299) throw new ProvisioningError(reasonOf(last))
    return last
  }
  return { org, person: person ?? NOBODY, requests, call }
}

/** Assign: look the userName up; POST when the app has nobody, PUT over whom it has. */
export async function provision(run: Provisioning): Promise<void> {
  const { person } = run
  const id = await lookUp(run, person.login)
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
  run.person.appUserId ??= await lookUp(run, knownAs)
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
  run.person.appUserId ??= await lookUp(run, run.person.login)
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

async function lookUp(run: Provisioning, userName: string): Promise<string | undefined> {
  const filter = encodeURIComponent(`userName eq "${userName}"`)
  const { responseBody } = await run.call({ method: 'GET', path: `/Users?filter=${filter}&startIndex=1&count=100` })
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

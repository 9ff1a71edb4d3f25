import { AnswerLost, ProvisioningError } from './errors'
import type { Exchange, Person } from './model'
import { type Call, send } from './scim-client'
import { asObject } from './scim-user'
import type { Org, Store } from './store'
import type { Purpose } from './waiting'

/** How one action sends, and what it sent so far. */
export type Run = {
  org: Org
  requests: Exchange[]
  /** Sends and returns the answer; throws ProvisioningError for anything but 2xx. */
  call: (call: Call) => Promise<Exchange>
}

/** A run about one person. */
export type Provisioning = Run & { person: Person }

/** Begins a run: every request it sends is logged under `purpose` and kept in `requests`. */
export function startRun(store: Store, org: Org, purpose: Purpose, requests: Exchange[] = []): Run {
  const call = async (request: Call) => {
    const last = await send(store, org, purpose, request, requests)
    if (last.lost) throw new AnswerLost(reasonOf(last))
    if (last.status < 200 || last.status > 299) throw new ProvisioningError(reasonOf(last))
    return last
  }
  return { org, requests, call }
}

/** The id of the first resource a query finds, or undefined. Throws when the answer is no SCIM list. */
export async function firstOf(run: Run, path: string): Promise<string | undefined> {
  const list = asObject((await run.call({ method: 'GET', path })).responseBody)
  if (!list || typeof list.totalResults !== 'number') {
    throw new ProvisioningError('the app answered the look-up with something that is not a SCIM list.')
  }
  const first = Array.isArray(list.Resources) ? asObject(list.Resources[0]) : null
  return typeof first?.id === 'string' ? first.id : undefined
}

/** Okta's look-up by one attribute. */
export const lookUp = (run: Run, path: string, by: string): Promise<string | undefined> =>
  firstOf(run, `${path}?filter=${encodeURIComponent(by)}&startIndex=1&count=100`)

/** A call about an id the app gave. When the app no longer knows it, the next assignment looks up again. */
export async function known(run: Provisioning, call: Call): Promise<Exchange> {
  try {
    return await run.call(call)
  } catch (error) {
    if (run.requests.at(-1)?.status === 404) run.person.appUserId = undefined
    throw error
  }
}

/** The id in the answer to a create; throws when there is none. */
export function createdId({ responseBody }: Exchange): string {
  const id = asObject(responseBody)?.id
  if (typeof id !== 'string') throw new ProvisioningError('the app answered the create without an id.')
  return id
}

export const userPath = (id: string): string => `/Users/${encodeURIComponent(id)}`

function reasonOf(exchange: Exchange): string {
  if (exchange.status === 0) return `no answer from ${exchange.url} (${exchange.error ?? 'unknown reason'})`
  const detail = asObject(exchange.responseBody)?.detail
  return typeof detail === 'string' ? detail : `the app answered HTTP ${exchange.status}.`
}

import type { Fault, FaultKind, Person } from './model'
import type { Call } from './scim-client'
import { asObject } from './scim-user'
import { type Org, type Store, scimTarget } from './store'

/** What each fault does, in words, in the order of the console. */
export const FAULTS: Record<FaultKind, { title: string; text: string }> = {
  'wrong-token': { title: 'Wrong token', text: 'The request carries a token Rollcall never made.' },
  'other-company': {
    title: 'Other company’s URL',
    text: 'This company’s token goes to the next company’s SCIM address.',
  },
  'missing-surname': { title: 'Missing surname', text: 'The next user is sent without name.familyName.' },
  'duplicate-user-name': { title: 'Duplicate userName', text: 'The next user carries a colleague’s userName.' },
  'slow-network': {
    title: 'Slow network',
    text: 'Each request takes four seconds longer, or as long as the API was told.',
  },
  'lost-answer': {
    title: 'Drop the answer after the write',
    text: 'Rollcall gets the next write and answers; the answer is lost on the way, and Okta tries again.',
  },
}

/** A request as it leaves, with what the faults made of it. */
type Prepared = { url: string; token: string; body: unknown; delayMs: number; drop: boolean; faults: FaultKind[] }

/** Switches a fault on; one that is on gets the new terms. */
export function armFault({ state }: Org, fault: Fault): void {
  state.faults = [...state.faults.filter(({ kind }) => kind !== fault.kind), fault]
}

/** Switches one fault off, or all. */
export function clearFaults({ state }: Org, kind?: FaultKind): void {
  state.faults = kind ? state.faults.filter((fault) => fault.kind !== kind) : []
}

/** Lays the faults that fit this request over it, and switches off those that were for one request. */
export function prepare(store: Store, org: Org, call: Call, person: Person | undefined): Prepared {
  const target = scimTarget(org)
  const prepared: Prepared = {
    url: target.url + call.path,
    token: target.token,
    body: call.body,
    delayMs: 0,
    drop: false,
    faults: [],
  }
  for (const fault of org.state.faults) {
    const change = spoil(store, org, fault, call, prepared, person)
    if (!change) continue
    Object.assign(prepared, change)
    prepared.faults.push(fault.kind)
  }
  const done = new Set(prepared.faults)
  org.state.faults = org.state.faults.filter(({ kind, sticky }) => sticky || !done.has(kind))
  return prepared
}

function spoil(
  store: Store,
  org: Org,
  fault: Fault,
  { method, path }: Call,
  { body }: Prepared,
  person: Person | undefined,
): Partial<Prepared> | null {
  const user = path.startsWith('/Users') && (method === 'POST' || method === 'PUT') ? asObject(body) : null
  switch (fault.kind) {
    case 'wrong-token':
      return { token: 'rollcall_thisTokenWasNeverMade' }
    case 'other-company':
      return { url: scimTarget(otherOf(store, org)).url + path }
    case 'slow-network':
      return { delayMs: fault.ms }
    case 'lost-answer':
      return method === 'GET' ? null : { drop: true }
    case 'missing-surname': {
      if (!user) return null
      const { familyName: _gone, ...name } = asObject(user.name) ?? {}
      return { body: { ...user, name } }
    }
    case 'duplicate-user-name': {
      const colleague = org.state.people.find(({ id, appUserId }) => appUserId && id !== person?.id)
      return user && colleague ? { body: { ...user, userName: colleague.login } } : null
    }
  }
}

function otherOf({ orgs }: Store, org: Org): Org {
  const at = orgs.findIndex(({ config }) => config.slug === org.config.slug)
  return orgs[(at + 1) % orgs.length] ?? org
}

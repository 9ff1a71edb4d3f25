import type { Answer, Ask } from './connection'

/** What a kind of request needs to know; plain data, for it travels to the client's process. */
export type Facts = {
  /** `/scim/v2/<slug>`, or another beginning. */
  base: string
  /** Makes names no other run has. */
  tag: string
  ids?: string[]
  userNames?: string[]
  groups?: string[]
  filters?: string[]
  paths?: string[]
  startIndex?: number
  count?: number
}

export type Step = (answer: Answer) => void
/** The n-th request of a run, and what to learn from its answer. */
export type Kind = (facts: Facts, n: number) => Ask & { done?: Step }

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User'
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'

const at = <T>(list: readonly T[] | undefined, n: number): T => {
  const found = list?.[n % (list.length || 1)]
  if (found === undefined) throw new Error('This kind of request needs a list that is not there')
  return found
}

/** What Okta sends for a person. */
export const person = (userName: string, title = 'Engineer') => ({
  schemas: [CORE],
  userName,
  name: { givenName: 'Grace', familyName: 'Bench' },
  emails: [{ primary: true, value: userName, type: 'work' }],
  displayName: 'Grace Bench',
  locale: 'en-US',
  title,
  externalId: `00u${userName.slice(0, 24)}`,
  groups: [],
  active: true,
})

const setActive = (active: boolean) =>
  JSON.stringify({ schemas: [PATCH_OP], Operations: [{ op: 'replace', value: { active } }] })

const members = (op: 'add' | 'remove', id: string) =>
  JSON.stringify({
    schemas: [PATCH_OP],
    Operations: [
      op === 'add' ? { op, path: 'members', value: [{ value: id }] } : { op, path: `members[value eq "${id}"]` },
    ],
  })

const nameOf = (facts: Facts, n: number) => `${n}.${facts.tag}@bench.example`
const idOf = ({ body }: Answer): string => JSON.parse(body.toString()).id ?? ''
const list = (facts: Facts, query: string) => `${facts.base}/Users?${query}`
const lookUp = (facts: Facts, name: string) => list(facts, `filter=${encodeURIComponent(`userName eq "${name}"`)}`)
const count = (facts: Facts) => `count=${facts.count ?? 100}`

const create: Kind = (facts, n) => ({
  method: 'POST',
  path: `${facts.base}/Users`,
  body: JSON.stringify(person(nameOf(facts, n))),
})

const patchActive: Kind = (facts, n) => {
  const ids = facts.ids?.length ?? 1
  // Out and in again, so that every one is a change.
  return {
    method: 'PATCH',
    path: `${facts.base}/Users/${at(facts.ids, n)}`,
    body: setActive(Math.floor(n / ids) % 2 === 1),
  }
}

/** Every group gets a person, then loses that person again: its size stays. */
const groupAdd: Kind = (facts, n) => {
  const id = at(facts.ids, Math.floor(n / 2))
  return {
    method: 'PATCH',
    path: `${facts.base}/Groups/${at(facts.groups, 0)}`,
    body: members(n % 2 === 0 ? 'add' : 'remove', id),
  }
}

const push: Kind = (facts, n) => ({
  method: 'PUT',
  path: `${facts.base}/Groups/${at(facts.groups, 0)}`,
  body: JSON.stringify({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'Pushed',
    members: n % 2 === 0 ? (facts.ids ?? []).map((value) => ({ value })) : [],
  }),
})

/** Ten creates in one request. */
const bulk: Kind = (facts, n) => ({
  method: 'POST',
  path: `${facts.base}/Bulk`,
  body: JSON.stringify({
    schemas: [BULK],
    Operations: Array.from({ length: 10 }, (_, i) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `b${i}`,
      data: person(nameOf(facts, n * 10 + i)),
    })),
  }),
})

/** A run of Okta's: looks somebody up, makes them, reads them, changes them, puts them into a group, lets some go. */
const mix: Kind = (facts, n) => {
  facts.ids ??= []
  const made = facts.ids
  const known = made[made.length - 1]
  const turn = n % 10
  if (turn < 3) return { method: 'GET', path: lookUp(facts, nameOf(facts, n)) }
  if (turn < 5 || known === undefined) {
    const done: Step = (answer) => {
      if (answer.status === 201) made.push(idOf(answer))
      if (made.length > 2000) made.splice(0, 1000)
    }
    return { ...create(facts, n), done }
  }
  const id = made[(n * 7) % made.length] ?? known
  if (turn === 5) return { method: 'GET', path: `${facts.base}/Users/${id}` }
  if (turn === 6) {
    const body = JSON.stringify(person(nameOf(facts, n), `Engineer ${n % 7}`))
    return { method: 'PUT', path: `${facts.base}/Users/${id}`, body }
  }
  if (turn === 7 && facts.groups?.length) {
    return { method: 'PATCH', path: `${facts.base}/Groups/${at(facts.groups, 0)}`, body: members('add', id) }
  }
  if (turn === 8) return { method: 'PATCH', path: `${facts.base}/Users/${id}`, body: setActive(n % 20 >= 10) }
  return { method: 'GET', path: list(facts, 'startIndex=1&count=10') }
}

const all = {
  create,
  lookUp: (facts, n) => ({ method: 'GET', path: lookUp(facts, at(facts.userNames, n * 7919)) }),
  get: (facts, n) => ({ method: 'GET', path: `${facts.base}/Users/${at(facts.ids, n * 7919)}` }),
  put: (facts, n) => {
    const i = n % (facts.ids?.length ?? 1)
    const body = JSON.stringify(person(at(facts.userNames, i), `Engineer ${n}`))
    return { method: 'PUT', path: `${facts.base}/Users/${at(facts.ids, i)}`, body }
  },
  patchActive,
  groupAdd,
  push,
  bulk,
  mix,
  listDeep: (facts) => ({ method: 'GET', path: list(facts, `startIndex=${facts.startIndex ?? 1}&${count(facts)}`) }),
  listFiltered: (facts, n) => ({
    method: 'GET',
    path: list(facts, `filter=${encodeURIComponent(at(facts.filters, n))}&${count(facts)}`),
  }),
  path: (facts, n) => ({ method: 'GET', path: at(facts.paths, n) }),
} satisfies Record<string, Kind>

export type KindName = keyof typeof all

/** The kinds of requests, by name. */
export const kinds: Record<KindName, Kind> = all

import fc from 'fast-check'
import { addPerson, runPersonAction, updatePerson } from './okta/actions'
import { OktaError } from './okta/errors'
import { addGroup, changeGroupName, pausePush, pushNow, unlinkGroup } from './okta/group-actions'
import { setMember } from './okta/group-assignment'
import type { Exchange, Person, PersonAction } from './okta/model'
import { type Org, type Store, updateSettings } from './okta/store'

/** One thing an Okta admin does. Numbers choose among the people, groups and names there are. */
export type OktaStep =
  | { kind: 'hire'; who: number }
  | { kind: 'act'; who: number; choice: number }
  | { kind: 'edit'; who: number; what: number; value: number }
  | { kind: 'group'; which: number }
  | { kind: 'member'; which: number; who: number; isMember: boolean }
  | { kind: 'push' | 'pause' | 'unlink-keep' | 'unlink-delete'; which: number }
  | { kind: 'rename-group'; which: number; value: number }
  | { kind: 'mode'; mode: 'oin' | 'aiw' }

const PEOPLE = 5
const GROUPS = 3
const TEXTS = ['', 'Driver', 'Zoë’s “lead”', '漢字 🚚', 'a\\b"c', '%_x']

const who = fc.nat(PEOPLE - 1)
const which = fc.nat(GROUPS - 1)
const value = fc.nat(TEXTS.length - 1)
const step: fc.Arbitrary<OktaStep> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hire' as const), who }) },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('act' as const), who, choice: fc.nat(5) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit' as const), who, what: fc.nat(5), value }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('group' as const), which }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('member' as const), which, who, isMember: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('push', 'push', 'push', 'pause', 'unlink-keep', 'unlink-delete'),
      which,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename-group' as const), which, value }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mode' as const), mode: fc.constantFrom('oin', 'aiw') }) },
)

/** Exactly so many steps, in any order; those that make no sense at their moment do nothing. */
export const oktaSteps = (count: number): fc.Arbitrary<OktaStep[]> =>
  fc.array(step, { minLength: count, maxLength: count })

/** Does one step as the console would. Throws when the app refused a request that is right in Okta's eyes. */
export async function doStep(store: Store, okta: Org, step: OktaStep): Promise<void> {
  try {
    const done = await run(store, okta, step)
    if (done?.error) throw new Error(`${JSON.stringify(step)}: ${done.error} ${lastOf(done.requests)}`)
  } catch (error) {
    // The console would have shown that this cannot be done now.
    if (!(error instanceof OktaError)) throw error
  }
}

/** The company as a sequence finds it: people and groups of which the app knows nothing yet. */
export function begin(store: Store, okta: Org): void {
  for (let each = 0; each < PEOPLE - 1; each += 1) hire(store, okta, `first${each}`)
  for (let each = 0; each < GROUPS - 1; each += 1) addGroup(store, okta, `First team ${each}`)
}

function hire(store: Store, okta: Org, name: string): void {
  const login = `${name}@${okta.config.domain}`
  addPerson(store, okta, { firstName: 'Pat', lastName: name, login, title: '', department: '', roles: [] })
}

/** One of the buttons this person's page would have; assigning is likelier, for nothing happens without it. */
function possible({ status, assigned }: Person, choice: number): PersonAction {
  if (status === 'deactivated') return choice === 0 && assigned ? 'unassign' : 'activate'
  if (!assigned && choice > 0) return 'assign'
  if (status === 'suspended') return choice % 2 ? 'unsuspend' : 'deactivate'
  const buttons: PersonAction[] = [assigned ? 'unassign' : 'assign', 'deactivate', 'suspend']
  return buttons[choice % buttons.length] ?? 'suspend'
}

type Done = { error?: string; requests: Exchange[] } | undefined

async function run(store: Store, okta: Org, step: OktaStep): Promise<Done> {
  const { people, groups } = okta.state
  switch (step.kind) {
    case 'hire':
      if (people.length < PEOPLE) hire(store, okta, `person${step.who}.${people.length}`)
      return undefined
    case 'act': {
      const person = people[step.who]
      return person && runPersonAction(store, okta, person.id, possible(person, step.choice))
    }
    case 'edit': {
      const person = people[step.who]
      return person && updatePerson(store, okta, person.id, patchOf(step.what, step.value, person.login))
    }
    case 'group':
      if (groups.length < GROUPS) addGroup(store, okta, `Team ${step.which}.${groups.length}`)
      return undefined
    case 'mode':
      updateSettings(okta, { mode: step.mode })
      return undefined
    default:
      return runGroupStep(store, okta, step)
  }
}

async function runGroupStep(store: Store, okta: Org, step: Extract<OktaStep, { which: number }>): Promise<Done> {
  const { people, groups } = okta.state
  const group = groups[step.which]
  if (!group) return undefined
  switch (step.kind) {
    case 'member': {
      const person = people[step.who]
      return person && setMember(store, okta, group.id, person.id, step.isMember)
    }
    case 'rename-group':
      return changeGroupName(store, okta, group.id, `${TEXTS[step.value]} team ${step.which}`.trim())
    case 'push':
      return pushNow(store, okta, group.id)
    case 'pause':
      return pausePush(store, okta, group.id)
    case 'unlink-keep':
      return unlinkGroup(store, okta, group.id, 'keep')
    case 'unlink-delete':
      return unlinkGroup(store, okta, group.id, 'delete')
    case 'group':
      return undefined
  }
}

function patchOf(what: number, value: number, login: string) {
  const text = TEXTS[value] ?? ''
  const patches = [
    { title: text },
    { department: text },
    { firstName: text || 'Pat' },
    { lastName: text || 'Doe' },
    { roles: value % 2 === 0 ? [] : ['manager' as const] },
    { login: `x${value}.${login}`.slice(-60) },
  ]
  return patches[what] ?? {}
}

function lastOf(requests: Exchange[]): string {
  const last = requests.at(-1)
  return last ? `(${last.method} ${last.url}: ${last.status} ${JSON.stringify(last.requestBody)})` : ''
}

import { type Facts, JOHN, type StoryEvent } from './facts'
import type { OktaPerson } from './okta'

/** What one side says: whether the claim holds there, and what was seen. `ok` null: it could not be asked, or not yet. */
export type Side = { ok: boolean | null; saw: string }
/** A claim is green only when both sides, asked separately, say so. */
export type Check = { claim: string; okta: Side; rollcall: Side }

const AWAY: Side = { ok: null, saw: 'The stand-in does not answer' }
const NOBODY: Side = { ok: false, saw: 'Nobody of that name' }

const say = (ok: boolean | null, saw: string): Side => ({ ok, saw })

type Okta = NonNullable<Facts['okta']>
const byOkta = ({ okta }: Facts, look: (okta: Okta) => Side): Side => (okta ? look(okta) : AWAY)
const hisOkta = (facts: Facts, look: (john: OktaPerson) => Side): Side =>
  byOkta(facts, ({ porter }) => {
    const john = porter.find(({ login }) => login === JOHN.login)
    return john ? look(john) : NOBODY
  })
type John = NonNullable<Facts['john']>
const his = ({ john }: Facts, look: (john: John) => Side): Side => (john ? look(john) : NOBODY)

const lastOf = (john: John, type: string): StoryEvent | undefined => john.life.findLast((event) => event.type === type)

const quiet = (facts: Facts): Check[] => [
  {
    claim: 'No John Doe anywhere',
    okta: byOkta(facts, ({ porter, whiteRabbit }) => {
      const found = [...porter, ...whiteRabbit].filter(({ lastName }) => lastName === JOHN.lastName).length
      return say(found === 0, `${found} of ${porter.length + whiteRabbit.length} people`)
    }),
    rollcall: facts.john ? say(false, 'He is at Porter') : say(true, 'No such person at Porter'),
  },
  ...(
    [
      ['Porter', 'porter'],
      ['White Rabbit', 'whiteRabbit'],
    ] as const
  ).map(([name, key]) => ({
    claim: `${name}: both name the same people`,
    okta: byOkta(facts, (okta) => {
      const theirs = inside(okta[key])
      return say(same(theirs, activeIn(facts, key)), `${theirs.length} assigned and active`)
    }),
    rollcall: say(true, `${activeIn(facts, key).length} active`),
  })),
]

const inside = (people: OktaPerson[]) =>
  people.filter((each) => each.assigned && each.status === 'active').map(({ login }) => login)
const activeIn = (facts: Facts, key: 'porter' | 'whiteRabbit') =>
  facts[key].people.filter(({ active }) => active).map(({ login }) => login)
const same = (a: string[], b: string[]) => [...a].sort().join() === [...b].sort().join()

const hired = (facts: Facts): Check[] => [
  {
    claim: 'One John, known to both by one id',
    okta: hisOkta(facts, (john) =>
      say(john.assigned && john.appUserId === facts.john?.id, `Assigned; Rollcall id ${short(john.appUserId)}`),
    ),
    rollcall: his(facts, (john) => say(john.active, `Active, id ${short(john.id)}`)),
  },
  {
    claim: 'White Rabbit has not heard of him',
    okta: byOkta(facts, ({ whiteRabbit }) => notAmong(whiteRabbit)),
    rollcall: notAmong(facts.whiteRabbit.people),
  },
]

const notAmong = (people: { login: string }[]) =>
  say(!people.some(({ login }) => login === JOHN.login), `Not among its ${people.length} people`)

/** The end of an id, enough to compare by eye. */
const short = (id: string | null | undefined) => (id ? id.slice(-6) : 'none')

const signedIn = (facts: Facts): Check[] => [
  {
    claim: 'Signed in as the person Okta hired',
    okta: hisOkta(facts, (john) => say(john.status === 'active', `Active, Okta id ${short(john.id)}`)),
    rollcall: his(facts, (john) => {
      if (john.liveSessions === 0) return say(null, 'No session yet')
      const linked = facts.okta?.porter.some(({ id }) => id === john.linkedSub) ?? false
      return say(linked, `${john.liveSessions} live, linked to ${short(john.linkedSub)}`)
    }),
  },
  {
    claim: 'He has something to lose',
    okta: hisOkta(facts, (john) => say(john.assigned, 'Assigned; tasks are none of Okta’s business')),
    rollcall: his(facts, (john) => say(john.tasks > 0 ? true : null, `${john.tasks} of his tasks`)),
  },
]

const promoted = (facts: Facts): Check[] => [
  {
    claim: 'He is a manager',
    okta: hisOkta(facts, ({ roles }) => say(roles.includes('manager'), `Role ${roles.join(', ') || 'none'}`)),
    rollcall: his(facts, ({ role }) => say(role === 'manager', `Role ${role}`)),
  },
  {
    claim: 'In the session he already had',
    okta: hisOkta(facts, ({ status }) => say(status === 'active', `Still ${status}`)),
    rollcall: his(facts, (john) => {
      const at = john.life.findLast(({ roleAfter }) => roleAfter === 'manager')?.at ?? ''
      const before = (lastOf(john, 'signin.succeeded')?.at ?? '~') < at
      return say(john.liveSessions > 0 && before, `${john.liveSessions} live, signed in before`)
    }),
  },
]

const left = (facts: Facts): Check[] => [
  {
    claim: 'He is out',
    okta: hisOkta(facts, ({ status }) => say(status === 'deactivated', `Status ${status}`)),
    rollcall: his(facts, ({ active, liveSessions }) =>
      say(!active && liveSessions === 0, `${active ? 'Active' : 'Deactivated'}, ${liveSessions} live sessions`),
    ),
  },
  {
    claim: 'His open tab was told',
    okta: byOkta(facts, ({ sent }) => {
      const told = sent.find(({ action }) => action === 'deactivate')
      return told ? say(told.status >= 200 && told.status < 300, `${told.method} answered ${told.status}`) : NOBODY
    }),
    rollcall: his(facts, ({ told }) =>
      told
        ? say(true, `${told.count === 1 ? '1 tab' : `${told.count} tabs`} in ${told.ms} ms`)
        : say(null, 'No tab told yet'),
    ),
  },
]

const back = (facts: Facts): Check[] => [
  {
    claim: 'The same person',
    okta: hisOkta(facts, (john) =>
      say(
        john.status === 'active' && john.appUserId === facts.john?.id,
        `Active; Rollcall id ${short(john.appUserId)}`,
      ),
    ),
    rollcall: his(facts, (john) => {
      // His life is that of one id: created once, then left, then back.
      const once = john.life.filter(({ type }) => type === 'user.created').length === 1
      return say(john.active && once, `Active, id ${short(john.id)}`)
    }),
  },
  {
    claim: 'His tasks are still there, his old session is not',
    okta: hisOkta(facts, (john) => say(john.id === facts.john?.externalId, `Okta id ${short(john.id)}, as before`)),
    rollcall: his(facts, ({ tasksKept, life, liveSessions }) => {
      const ended = life.some((event) => event.type === 'user.deactivated' && event.sessionsEnded > 0)
      const text = `${tasksKept} from before, ${liveSessions} live sessions`
      return say(tasksKept > 0 ? ended : null, tasksKept > 0 ? text : 'He had no task in step 3')
    }),
  },
]

const brokenIn = (facts: Facts): Check[] => {
  const { victim, blocked, notFound, refused } = facts.attempt
  const before = blocked !== null && victim.updatedAt < blocked.at
  return [
    {
      claim: `${victim.name} is unchanged`,
      okta: byOkta(facts, ({ whiteRabbit }) => {
        const found = whiteRabbit.find(({ login }) => login === victim.login)
        return found
          ? say(found.status === 'active' && found.appUserId === victim.id, `${found.status}, assigned`)
          : NOBODY
      }),
      rollcall: say(blocked ? victim.active && before : null, victim.active ? 'Active, not written to' : 'Deactivated'),
    },
    {
      claim: 'Refused twice, and logged at both companies',
      okta: byOkta(facts, ({ sent }) => say(!sent.some(({ at }) => blocked && at > blocked.at), 'No Okta sent this')),
      rollcall: say(
        blocked && notFound ? refused !== null : null,
        `Porter: ${blocked?.status ?? '–'} and ${notFound?.status ?? '–'}; White Rabbit: ${refused?.status ?? '–'}`,
      ),
    },
  ]
}

const explained = (facts: Facts): Check[] => {
  const leaving = facts.john ? lastOf(facts.john, 'user.deactivated') : undefined
  const traces = [leaving, facts.attempt.blocked, facts.attempt.notFound]
  return [
    {
      claim: 'Each decision is written down',
      okta: byOkta(facts, ({ sent }) => {
        const told = sent.find(({ action }) => action === 'deactivate')
        return told ? say(told.status === leaving?.status, `Its log says ${told.status} as well`) : NOBODY
      }),
      rollcall: say(
        traces.every((event) => event && event.trace.length > 0),
        `${traces.filter((event) => event && event.trace.length > 0).length} of 3 traces`,
      ),
    },
  ]
}

const checks = [quiet, hired, signedIn, promoted, left, back, brokenIn, explained]

/** The claims of a step (from 1) against the facts. */
export const checksOf = (n: number, facts: Facts): Check[] => checks[n - 1]?.(facts) ?? []

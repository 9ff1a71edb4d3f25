import { checksOf } from './checks'
import type { Facts } from './facts'

export type Act = 'hire' | 'promote' | 'deactivate' | 'rehire' | 'break_in'

/** One step of the story. The director's page and e2e/pages/demo.spec.ts are both driven by this list. */
export type Step = {
  title: string
  /** What the presenter says. */
  say: string[]
  /** What happens by itself on arriving here, and the words of its button. */
  act?: { does: Act; button: string }
  /** What only a person can do: open a tab as John. */
  tab?: { label: string; from: string; note: string; anew: boolean }
  /** Whether the facts say that it has happened. */
  happened: (facts: Facts) => boolean
}

const inLife = (type: string) => (facts: Facts) => facts.john?.life.some((event) => event.type === type) ?? false

/** His first return: an event after he left. */
const cameBack = inLife('user.reactivated')

export const STORY: readonly Step[] = [
  {
    title: 'Two quiet companies',
    say: [
      'Porter and White Rabbit both use this app. Each has its own Okta, its own people and its own log.',
      'Nobody types names into the app: what Okta says over SCIM is who works here.',
    ],
    happened: () => true,
  },
  {
    title: 'Porter hires John',
    say: [
      'Somebody in HR adds John Doe in Porter’s Okta and assigns the app. That is all they do.',
      'Okta’s server asks ours “is he there?”, then creates him. He has not signed in yet; this is not login.',
      'White Rabbit’s side stays still.',
    ],
    act: { does: 'hire', button: 'Hire John in Okta' },
    happened: inLife('user.created'),
  },
  {
    title: 'He signs in',
    say: [
      'Now John’s browser goes to Okta and comes back with proof of who he is. That is OIDC, the other half.',
      'Open his tab, sign in as John, and add a task. Leave the tab open: it is about to matter.',
    ],
    tab: {
      label: 'Open a tab as John',
      from: '/orgs/porter',
      note: 'Okta asks who it is with his name filled in. His session replaces yours at Porter in this browser.',
      anew: true,
    },
    happened: inLife('signin.succeeded'),
  },
  {
    title: 'He is promoted',
    say: [
      'In Okta he becomes a manager. One PUT, and a page that was locked opens in the session he already has.',
      'Nobody signed out and in again: the role is read with every request.',
    ],
    act: { does: 'promote', button: 'Make him a manager in Okta' },
    tab: {
      label: 'Open the team’s page',
      from: '/orgs/porter/team',
      note: 'In his session, without signing in again.',
      anew: false,
    },
    happened: (facts) => facts.john?.life.some(({ roleAfter }) => roleAfter === 'manager') ?? false,
  },
  {
    title: 'He leaves',
    say: [
      'HR deactivates him in Okta. One PATCH: active false. Sessions end in the same commit.',
      'Look at his open tab: it went dark by itself. The clock is the time from that commit to the last tab told.',
      'With sign-in alone he would have kept that tab for hours.',
    ],
    act: { does: 'deactivate', button: 'Deactivate him in Okta' },
    happened: inLife('user.deactivated'),
  },
  {
    title: 'He comes back',
    say: [
      'He is rehired. Okta activates the same account; we find the same person: same id, same tasks.',
      'His old session stays dead. He would sign in anew.',
    ],
    act: { does: 'rehire', button: 'Activate him in Okta' },
    happened: cameBack,
  },
  {
    title: 'Porter’s key, White Rabbit’s door',
    say: [
      'Now the attack: we take Porter’s SCIM token and tell White Rabbit’s address to deactivate White Rabbit’s Lewis Park.',
      'Then the same id at Porter’s own address. Refused both times, in both logs, and Lewis has not noticed.',
    ],
    act: { does: 'break_in', button: 'Try Porter’s key at White Rabbit' },
    happened: ({ attempt }) => attempt.blocked !== null && attempt.notFound !== null,
  },
  {
    title: 'How did it know?',
    say: [
      'Every decision is kept: which credential, whose it is, how the person was found, what the policy said, what was written.',
      'The credential decides the company. The address only has to agree, and nothing in a body can name another.',
    ],
    happened: () => true,
  },
]

/** Steps are counted from 1. */
export const stepAt = (n: number): Step | undefined => STORY[n - 1]

/** How far the story has come: the last step up to which everything has happened. Steps 1 and 8 ask for nothing. */
export function reached(facts: Facts): number {
  const first = STORY.findIndex((step) => !step.happened(facts))
  return first === -1 ? STORY.length : first
}

/** Whether every claim of a step holds on both sides. */
export const holds = (n: number, facts: Facts): boolean =>
  checksOf(n, facts).every(({ okta, rollcall }) => okta.ok === true && rollcall.ok === true)

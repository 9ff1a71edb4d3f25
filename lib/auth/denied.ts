import 'server-only'
import { getEvent } from '@/lib/events/query'
import { getOrgBySlug } from '@/lib/orgs/orgs'
import { type Cookies, cookieName } from './cookies'
import { type Ended, whyDeactivated, whyEnded } from './ended'
import { type RefusalReason, readNote } from './refusal'
import { readSession } from './session'
import { isSlug } from './slug'

/** What /denied and the sign-in page say; every word of it comes from the database or from here, none from the address. */
export type Denial = {
  orgName: string
  title: string
  text: string
  todo: string
  /** When and by what event, if there is one. */
  at?: string | undefined
  ref?: string | undefined
}

type Words = Pick<Denial, 'title' | 'text' | 'todo'>
const ASK = 'Ask the people who run Okta in your company, and give them the reference below.'
const MISTAKE = `If this is a mistake: a${ASK.slice(1)}`
const STAYS = `If it stays like this: a${ASK.slice(1)}`

const WORDS: Record<RefusalReason, (org: string) => Words> = {
  not_provisioned: (org) => ({
    title: 'You have no account here yet',
    text: `Okta knows you, but nobody has given you access to ${org} in Rollcall.`,
    todo: `${ASK} Once they have assigned Rollcall to you, sign in again.`,
  }),
  deactivated: (org) => ({
    title: 'Your account is deactivated',
    text: `Your account at ${org} is deactivated, so you cannot sign in.`,
    todo: MISTAKE,
  }),
  in_review: (org) => ({
    title: 'Your account is being reviewed',
    text: `Okta has added you to ${org}; an admin in Rollcall still has to let you in.`,
    todo: 'Ask an admin of your company in Rollcall to let you in, then sign in again.',
  }),
  outside_domain: (org) => ({
    title: 'Your address is not one of the company’s',
    text: `${org} takes only people with an address on its own domains.`,
    todo: ASK,
  }),
  wrong_org: (org) => ({
    title: 'This account belongs to another company',
    text: `You signed in to ${org} with an address of another company.`,
    todo: 'Sign in at your own company’s address, or use your other account.',
  }),
  connection_off: (org) => ({
    title: 'Sign-in is off or not set up',
    text: `Nobody can sign in to ${org} right now: its connection to Okta is switched off or not set up.`,
    todo: 'An owner can open a recovery link and see to the connection.',
  }),
  changed: () => ({
    title: 'Your access changed just now',
    text: 'Your sessions were ended while you were signing in.',
    todo: 'Sign in again.',
  }),
  stale: () => ({
    title: 'This sign-in is too old',
    text: 'It was begun in another tab or browser, or more than 15 minutes ago, so it was not used.',
    todo: 'Start again; it takes a moment.',
  }),
  unreachable: (org) => ({
    title: 'Okta cannot be reached',
    text: `The Okta organization of ${org} did not answer, so nobody can be signed in right now.`,
    todo: `Try again in a minute. ${STAYS}`,
  }),
  misconfigured: (org) => ({
    title: 'Okta refused Rollcall',
    text: `The connection between ${org}’s Okta and Rollcall is not set up right.`,
    todo: ASK,
  }),
  wrong_issuer: (org) => ({
    title: 'The answer came from somewhere else',
    text: `It did not come from the Okta organization of ${org}, so it was not used.`,
    todo: `Start again from the sign-in page. ${STAYS}`,
  }),
  not_assigned: (org) => ({
    title: 'Okta did not let you in',
    text: `Okta says that Rollcall at ${org} is not assigned to you.`,
    todo: ASK,
  }),
  okta_error: (org) => ({
    title: 'Okta could not sign you in',
    text: `The Okta organization of ${org} answered with an error.`,
    todo: `Try again. ${STAYS}`,
  }),
}

const isReason = (value: string): value is RefusalReason => Object.hasOwn(WORDS, value)

/**
 * Why this browser is not let in at the org: the newer of its last refused sign-in (the signed note) and the end of its
 * session. Null: nothing is known about it.
 */
export async function explainDenial(slug: string, cookies: Cookies): Promise<Denial | null> {
  const org = isSlug(slug) ? await getOrgBySlug(slug) : null
  if (!org) return null
  const state = await readSession(slug, cookies[cookieName(slug, 'session')])
  if (state.kind === 'live') return null
  const note = readNote(slug, cookies)
  if (note && (state.kind !== 'ended' || note.at > state.endedAt)) return fromNote(org, note.ref)
  if (state.kind === 'ended') {
    return fromEnd(org.name, await whyEnded(org.orgId, state.endedAt, state.eventId))
  }
  if (state.kind === 'expired') {
    const text = state.why === 'idle' ? 'You were away for more than 8 hours.' : 'Your session reached its time limit.'
    return { orgName: org.name, title: 'Your session is over', text, todo: 'Sign in again.' }
  }
  return null
}

async function fromNote(org: { orgId: string; name: string }, ref: string): Promise<Denial | null> {
  if (ref === 'stale') return { orgName: org.name, ...WORDS.stale(org.name) }
  const event = await getEvent(org.orgId, ref)
  const reason = event?.error?.scimType ?? ''
  if (!event || !isReason(reason)) return null
  const words = WORDS[reason](org.name)
  const left = reason === 'deactivated' && event.targetId ? await whyDeactivated(org.orgId, event.targetId) : null
  // By whom and when they lost access; the reference stays that of the refused sign-in.
  const more = left ? { text: `${left.reason}.`, at: left.at } : { at: event.at }
  return { orgName: org.name, ...words, ...more, ref: event.ref }
}

function fromEnd(orgName: string, ended: Ended): Denial {
  const lost = /deactivated|removed/.test(ended.reason)
  return {
    orgName,
    title: lost ? 'You no longer have access' : 'You are signed out',
    text: `${ended.reason}.`,
    todo: lost ? MISTAKE : 'Sign in again to go on.',
    at: ended.at,
    ref: ended.ref ?? undefined,
  }
}

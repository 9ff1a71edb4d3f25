import 'server-only'
import { getEvent } from '@/lib/events/query'
import { recordEvent } from '@/lib/events/record'
import { ISSUER_UNREADABLE } from '@/lib/guarded-fetch'
import { eventRef } from '@/lib/ids'
import { actorOf } from './actor'
import { classifyFailure } from './failure'
import type { Viewer } from './session'

/** Why a confirmation did not count; `detail` is for the admin who reads the event. */
const REASONS = {
  late: {
    title: 'This confirmation is too old',
    text: 'It was begun in another browser or session, was used already, or took more than ten minutes.',
    detail: 'The answer did not belong to a confirmation open in that session.',
  },
  wrong_person: {
    title: 'Somebody else confirmed',
    text: 'The Okta account that confirmed is not the one you are signed in with here, so nothing was confirmed.',
    detail: 'The ID token’s issuer and sub are not those of the session’s person.',
  },
  not_fresh: {
    title: 'Okta did not ask you again',
    text: 'It answered with an earlier sign-in, which does not count as a confirmation.',
    detail: 'auth_time of the ID token is older than the confirmation. Check the app’s authentication policy in Okta.',
  },
  weak: {
    title: 'Okta did not ask for two factors',
    text: 'This needs a second factor, and Okta confirmed you with less.',
    detail: 'acr of the ID token is not urn:okta:loa:2fa:any. Check the app’s authentication policy in Okta.',
  },
  not_linked: {
    title: 'You signed in with another Okta',
    text: 'The connection to Okta changed since you signed in. Sign out, sign in again, and then confirm.',
    detail: 'The person’s sign-in identity belongs to another issuer than the connection has now.',
  },
  wrong_issuer: {
    title: 'The answer came from somewhere else',
    text: 'It did not come from your company’s Okta, so it was not used.',
    detail: 'The answer came from another issuer than the connection’s. Check the issuer address.',
  },
  not_assigned: {
    title: 'Okta did not confirm it',
    text: 'You cancelled at Okta, or Okta does not let you use Rollcall any more.',
    detail: 'Okta answered access_denied.',
  },
  unreachable: {
    title: 'Okta cannot be reached',
    text: 'Your company’s Okta did not answer. Try again in a minute.',
    detail: 'Okta could not be reached. Check the issuer address and Okta’s status.',
  },
  misconfigured: {
    title: 'Okta refused Rollcall',
    text: 'The connection between your company’s Okta and Rollcall is not set up right.',
    detail: 'Okta refused Rollcall’s client id, secret or redirect address. Check the connection’s OIDC settings.',
  },
  okta_error: {
    title: 'Okta could not confirm it',
    text: 'Your company’s Okta answered with an error, or with something that does not pass the checks.',
    detail: 'Okta answered with an error or with an ID token that does not pass the checks.',
  },
  connection_off: {
    title: 'There is no Okta to confirm with',
    text: 'Your company is not connected to Okta. Whoever runs Rollcall can make a recovery link, which needs none.',
    detail: 'This organization has no connection to Okta.',
  },
} as const

/** For an answer that belongs to nothing open here; no event tells of it. */
export const LATE = REASONS.late

export type StepUpRefusal = keyof typeof REASONS

const isReason = (value: string): value is StepUpRefusal => Object.hasOwn(REASONS, value)

/** Sorts what okta-auth-js reports. */
export function classifyStepUp(error: unknown): StepUpRefusal {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'errorCode' in error ? String(error.errorCode) : ''
  if (message === ISSUER_UNREADABLE) return 'unreachable'
  if (/nonce doesn't match/i.test(message)) return 'late'
  if (/^The acr \[/.test(message)) return 'weak'
  if (/^The issuer \[/.test(message)) return 'wrong_issuer'
  const failure = classifyFailure({ message: `${code} ${message}` })
  return failure === 'stale' ? 'late' : failure
}

/** Records why, and returns the page that says so. */
export async function refuseStepUp(viewer: Viewer, reason: StepUpRefusal, to: string, ip?: string): Promise<string> {
  const page = `/orgs/${viewer.orgSlug}/step-up`
  const id = await recordEvent(viewer.orgId, {
    type: 'access.stepped_up',
    outcome: 'blocked',
    actor: actorOf(viewer),
    target: { kind: 'user', id: viewer.userId, name: viewer.displayName },
    path: to,
    error: { status: 403, scimType: reason, detail: REASONS[reason].detail },
    ip,
  })
  return `${page}?ref=${eventRef(id)}`
}

export type RefusedStepUp = { title: string; text: string; at: string; ref: string; to: string | null }

/** What to say about a confirmation of this very person that did not count; null for any other reference. */
export async function explainStepUp(viewer: Viewer, ref: string): Promise<RefusedStepUp | null> {
  const event = await getEvent(viewer.orgId, ref)
  const reason = event?.error?.scimType ?? ''
  if (event?.type !== 'access.stepped_up' || event.actorId !== viewer.userId || !isReason(reason)) return null
  const { title, text } = REASONS[reason]
  return { title, text, at: event.at, ref: event.ref, to: event.path }
}

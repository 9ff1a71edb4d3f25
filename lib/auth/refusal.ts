import 'server-only'
import { timingSafeEqual } from 'node:crypto'
import type { EventTrace } from '@/db/types'
import { hmac } from '@/lib/crypto'
import { recordEvent } from '@/lib/events/record'
import { once } from '@/lib/process'
import { type Cookies, cookieName, setCookie } from './cookies'
import type { SessionRefusal } from './create-session'
import type { PolicyRefusal } from './decide'
import type { FlowFailure } from './failure'
import { seeOther } from './respond'

export type RefusalReason = PolicyRefusal | SessionRefusal | FlowFailure | 'connection_off'

/** For the admin who reads the event: what happened and what to do. */
const DETAIL: Record<RefusalReason, string> = {
  not_provisioned: 'Nobody here is this Okta user. Assign the person to Rollcall in Okta, or add them by hand.',
  deactivated: 'The person is deactivated. Reactivate them in Okta to let them in again.',
  in_review: 'The person waits for review. Let them in under Users, Review.',
  outside_domain:
    'The e-mail is outside the verified domains, and the domain policy takes nobody else. See Settings, Domains.',
  wrong_org: 'The e-mail belongs to a domain another organization has verified.',
  changed: 'The person’s access changed while they were signing in. They may simply try again.',
  connection_off:
    'This organization’s connection to Okta is switched off or not set up. See to it under Settings, Sign-in, or use a recovery link.',
  stale: 'The answer did not belong to a sign-in open in that browser.',
  unreachable: 'Okta could not be reached. Check the issuer address and Okta’s status.',
  misconfigured: 'Okta refused Rollcall’s client id or secret. Check the connection’s OIDC settings.',
  wrong_issuer: 'The answer came from another issuer than the connection’s. Check the issuer address.',
  not_assigned: 'Okta says the person may not use Rollcall. Assign them to the app in Okta.',
  okta_error: 'Okta answered with an error or with an ID token that does not pass the checks.',
}

export type RefusedSignIn = {
  reason: RefusalReason
  /** Who tried, as far as known. */
  user?: { id: string | null; name: string | null } | undefined
  trace?: EventTrace[]
  ip?: string | undefined
  /** Anyone can cause it by pressing a button: at most one event a minute. */
  cheap?: boolean
}

type Org = { orgId: string; slug: string }
const NOTE_SECONDS = 600

/** Records a refused sign-in and sends the browser to /denied with a signed note of what to say there. */
export async function refuse(org: Org, refused: RefusedSignIn): Promise<Response> {
  // An old tab is no refusal: nothing is known about who, and nothing was decided.
  const ref = refused.reason === 'stale' ? 'stale' : await record(org, refused)
  return seeOther(`/denied?org=${org.slug}`, [setCookie(org.slug, 'denied', sign(org.slug, ref), NOTE_SECONDS)])
}

async function record(org: Org, r: RefusedSignIn): Promise<string> {
  const recent = once('auth.refusals', () => new Map<string, { id: string; at: number }>())
  const key = `${org.orgId} ${r.reason}`
  const last = r.cheap ? recent.get(key) : undefined
  if (last && Date.now() - last.at < 60_000) return last.id
  const id = await recordEvent(org.orgId, {
    type: 'signin.refused',
    outcome: 'blocked',
    actor: { kind: 'anonymous' },
    target: r.user ? { kind: 'user', ...r.user } : undefined,
    trace: r.trace,
    error: { status: 403, scimType: r.reason, detail: DETAIL[r.reason] },
    ip: r.ip,
  })
  if (r.cheap) recent.set(key, { id, at: Date.now() })
  return id
}

function sign(slug: string, ref: string, at = Date.now()): string {
  const text = `${ref}.${at}`
  return `${text}.${macOf(slug, text).toString('base64url')}`
}

const macOf = (slug: string, text: string): Buffer => hmac(`denied|${slug}|${text}`)

/** What the browser's note refers to: an event id or `stale`, and since when. Null without a valid, recent note. */
export function readNote(slug: string, cookies: Cookies): { ref: string; at: Date } | null {
  const [ref = '', at = '', mac = ''] = (cookies[cookieName(slug, 'denied')] ?? '').split('.')
  const given = Buffer.from(mac, 'base64url')
  const right = macOf(slug, `${ref}.${at}`)
  const age = Date.now() - Number(at)
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null
  return age >= 0 && age < NOTE_SECONDS * 1000 ? { ref, at: new Date(Number(at)) } : null
}

export const forgetNote = (slug: string): string => setCookie(slug, 'denied', '', 0)

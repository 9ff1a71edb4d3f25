import type { EventTrace } from '@/db/types'

/** A user of the org who may be the one signing in. */
export type Candidate = {
  id: string
  name: string
  active: boolean
  /** Waits for an admin since the connection was pending. */
  held: boolean
  epoch: number
  externalId: string | null
  /** The issuer of the sign-in identity linked to this user, if any. */
  linkedIssuer: string | null
}

export type AdmissionFacts = {
  issuer: string
  sub: string
  email: string | null
  /** Whose verified domain the e-mail belongs to. */
  domain: 'ours' | 'another' | 'nobody'
  bySub: Candidate | null
  byExternalId: Candidate | null
  /** All users of this org with this e-mail. */
  byEmail: Candidate[]
  jit: boolean
  /** The domain policy takes nobody outside the verified domains. */
  enforced: boolean
}

export type PolicyRefusal = 'not_provisioned' | 'deactivated' | 'in_review' | 'outside_domain' | 'wrong_org'

export type Admission =
  | { kind: 'admit'; user: Candidate; link: boolean; trace: EventTrace[] }
  | { kind: 'create'; email: string; trace: EventTrace[] }
  | { kind: 'refuse'; reason: PolicyRefusal; user: Candidate | null; trace: EventTrace[] }

const step = (name: string, outcome: EventTrace['outcome'], text: string): EventTrace => ({ step: name, outcome, text })

/**
 * Decides who is signing in (DESIGN §6): by (issuer, sub), else externalId = sub, else the e-mail on one of the org's
 * own verified domains and only onto a user with neither externalId nor link, else JIT, else nobody. Pure.
 */
export function decideAdmission(facts: AdmissionFacts): Admission {
  const { bySub, byExternalId, issuer } = facts
  if (bySub) return welcome(bySub, false, [step('match', 'ok', 'Found by the linked Okta identity (issuer and sub)')])
  const no = [step('match', 'skipped', 'No user is linked to this Okta identity')]

  // A link to another issuer is one of an earlier connection; the directory says this is the person.
  if (byExternalId && byExternalId.linkedIssuer !== issuer) {
    return welcome(byExternalId, true, [...no, step('match', 'ok', 'Found by externalId, which Okta set to this sub')])
  }
  no.push(step('match', 'skipped', 'No user has this sub as externalId'))
  return byEmail(facts, no)
}

function byEmail({ byEmail: found, domain, email, jit, enforced }: AdmissionFacts, no: EventTrace[]): Admission {
  const refuse = (reason: PolicyRefusal, text: string): Admission => ({
    kind: 'refuse',
    reason,
    user: null,
    trace: [...no, step('policy', 'failed', text)],
  })
  if (!email) return refuse('not_provisioned', 'The ID token carries no e-mail to look for')
  if (domain === 'another') return refuse('wrong_org', 'The e-mail’s domain belongs to another organization')

  const free = found.filter((user) => user.externalId === null && user.linkedIssuer === null)
  const [only] = free
  if (only && found.length === 1 && domain === 'ours') {
    return welcome(only, true, [...no, step('match', 'ok', 'Found by e-mail on a verified domain, not claimed before')])
  }
  if (found.length > 0) return refuse('not_provisioned', whyNotByEmail(free.length, found.length, domain))
  const unknown = [...no, step('match', 'skipped', 'No user has this e-mail')]
  if (jit && enforced && domain !== 'ours') {
    return refuse('outside_domain', 'The domain policy takes nobody whose address is outside the verified domains')
  }
  if (jit) return { kind: 'create', email, trace: unknown }
  const trace = [...unknown, step('policy', 'failed', 'Signing in creates nobody here: JIT is off')]
  return { kind: 'refuse', reason: 'not_provisioned', user: null, trace }
}

function whyNotByEmail(free: number, found: number, domain: AdmissionFacts['domain']): string {
  if (found > 1) return `${found} users have this e-mail, so it does not say who this is`
  if (free === 0)
    return 'The user with this e-mail belongs to another Okta identity; an address alone does not pass it on'
  return domain === 'nobody' ? 'The e-mail’s domain is not verified by this organization' : 'The e-mail does not match'
}

function welcome(user: Candidate, link: boolean, trace: EventTrace[]): Admission {
  if (user.active) return { kind: 'admit', user, link, trace: [...trace, step('policy', 'ok', 'The user is active')] }
  const [reason, text] = user.held
    ? (['in_review', 'The user waits for an admin to let them in'] as const)
    : (['deactivated', 'The user is deactivated'] as const)
  return { kind: 'refuse', reason, user, trace: [...trace, step('policy', 'failed', text)] }
}

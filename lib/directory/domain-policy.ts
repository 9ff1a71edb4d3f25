import 'server-only'
import type { Tx } from '@/db/tenant'
import type { EventTrace } from '@/db/types'
import { domainOfAddress, shownDomain } from '@/lib/orgs/domain-name'
import { verifiedDomains } from '@/lib/orgs/domains'
import type { Org } from '@/lib/orgs/orgs'
import { badRequest } from '@/lib/scim/errors'
import { foldKey } from '@/lib/scim/text'
import { primaryEmail, type UserAttributes } from '@/lib/scim/user'
import type { UserRow, UserState } from './user-state'
import { attributesOf } from './user-state'

export type PolicyOutcome = { trace: EventTrace[]; outsideDomain?: string }

const NOTHING: PolicyOutcome = { trace: [] }
const NAMED = 5

/** The addresses a person is known by: the userName where it is one, and the primary e-mail. */
function addressesOf(a: UserAttributes): string[] {
  const email = primaryEmail(a)
  return [...new Set([...(a.userName.includes('@') ? [a.userName] : []), ...(email ? [email] : [])].map(foldKey))]
}

/**
 * True when the domain policy has something to say about a write: somebody comes in, or an address changes. A leaver
 * always leaves, and who is here already is not asked again.
 */
function asks(before: UserRow | null, { attributes, deleted }: UserState): boolean {
  if (!before) return true
  if (deleted || !attributes.active) return false
  if (!before.active && !before.held) return true
  return addressesOf(attributesOf(before)).join(' ') !== addressesOf(attributes).join(' ')
}

/** True when `askDomainPolicy` has to look anything up for a write. */
export const asksPolicy = (org: Pick<Org, 'domainPolicy'>, before: UserRow | null, state: UserState): boolean =>
  org.domainPolicy !== 'off' && asks(before, state)

/** The first address outside the domains as its domain; null when all are inside. Subdomains are other domains. */
export function outsideOf(attributes: UserAttributes, verified: readonly string[]): { address: string | null } | null {
  const addresses = addressesOf(attributes)
  if (addresses.length === 0) return { address: null }
  const outside = addresses.find((address) => !verified.includes(domainOfAddress(address) ?? ''))
  return outside === undefined ? null : { address: outside }
}

type PolicyOrg = Pick<Org, 'name' | 'domainPolicy'>

/** `judgePolicy` with the domains as they are now. */
export async function askDomainPolicy(
  tx: Tx,
  org: PolicyOrg & Pick<Org, 'orgId'>,
  before: UserRow | null,
  state: UserState,
): Promise<PolicyOutcome> {
  return asksPolicy(org, before, state)
    ? judgePolicy(org, await verifiedDomains(tx, org.orgId), before, state)
    : NOTHING
}

/**
 * The org's domain policy on one write (DESIGN §6). enforce: ScimError 400 with a sentence for whoever reads it in Okta;
 * warn: a step of the trace and what the log shows. Without a verified domain there is nothing to warn about.
 */
export function judgePolicy(
  org: PolicyOrg,
  verified: readonly string[],
  before: UserRow | null,
  state: UserState,
): PolicyOutcome {
  const { domainPolicy } = org
  if (!asksPolicy(org, before, state) || (verified.length === 0 && domainPolicy === 'warn')) return NOTHING
  const outside = outsideOf(state.attributes, verified)
  if (!outside) return { trace: [step('ok', 'The address is on a verified domain')] }
  const what = outside.address
    ? `"${outside.address.slice(0, 120)}" is not on a verified domain of ${org.name} (${listed(verified)}).`
    : `"${state.attributes.userName.slice(0, 120)}" has no e-mail address on a verified domain of ${org.name} (${listed(verified)}).`
  if (domainPolicy === 'enforce') {
    const how = 'Use an address on one of them, or have an admin of Rollcall verify the domain under Settings, Domains.'
    throw badRequest('invalidValue', `${what} ${org.name} takes nobody else. ${how}`)
  }
  const outsideDomain = (outside.address && domainOfAddress(outside.address)) || 'no e-mail address'
  return { trace: [step('skipped', `${what} The domain policy only warns`)], outsideDomain }
}

const listed = (verified: readonly string[]): string => {
  if (verified.length === 0) return 'it has none'
  const named = verified.slice(0, NAMED).map(shownDomain).join(', ')
  return verified.length > NAMED ? `${named} and ${verified.length - NAMED} more` : named
}

const step = (outcome: EventTrace['outcome'], text: string): EventTrace => ({ step: 'policy', outcome, text })

import type { EventView } from '@/lib/events/view'

type Facts = Pick<EventView, 'type' | 'outcome' | 'error' | 'status'>

const tokens: Record<string, string> = {
  missing: 'In Okta, open the app’s Provisioning tab and enter the token under Integration → API token.',
  malformed: 'Copy the whole token again, without a blank before or after it.',
  spaced: 'Copy the token again: a space or a line break got into it.',
  doubled: 'Paste the token alone: Okta puts the word Bearer in front by itself.',
  expired: 'Create a new token here, enter it in Okta, then test the connection.',
  revoked: 'Enter a token that is still live, or create a new one under Settings, Provisioning; then retry in Okta.',
  'other-org': 'The token belongs to another organization. Use the base URL and the token of the same one.',
}

const scimTypes: Record<string, string> = {
  uniqueness: 'Somebody here has this name already. In Okta, change the user name, or unassign the other person.',
  invalidSyntax: 'The request was no valid SCIM. If Okta sent it, retry the task under Dashboard → Tasks.',
  invalidValue: 'Correct the attribute named above in the person’s Okta profile or in the app’s attribute mapping.',
  invalidFilter: 'Only the filters of this service’s configuration are answered; check what the client asks for.',
  invalidPath: 'Check the attribute’s external name in Okta’s Profile Editor against the schema of this service.',
  noTarget: 'What should be changed is not there. A full push (PUT) from Okta brings both sides together again.',
  mutability: 'This attribute cannot be changed from outside. Take it out of the attribute mapping.',
  tooMany: 'Ask for fewer: a narrower filter, or smaller pages.',
}

const TAKEN_GROUP =
  'A group here has this name already. In Okta, link the pushed group to it, or push it under another name.'

const refusals: Record<string, string> = {
  not_provisioned: 'Assign the person to Rollcall in Okta, then let them try again.',
  deactivated: 'If the person should be let in, activate them in Okta.',
  in_review: 'Let the person in under Users, Review.',
  outside_domain: 'Verify the domain under Settings, Domains, or change the address in Okta.',
  not_assigned: 'Assign the person to the app in Okta.',
  misconfigured: 'Check the client id and secret of the connection against the app in Okta.',
  wrong_issuer: 'Check the connection’s issuer address.',
  unreachable: 'Check the issuer address and Okta’s status page, then try again.',
  changed: 'Nothing to do: the person may simply sign in again.',
}

/** What to do about an event that did not succeed, or null. */
export function fixOf({ type, outcome, error, status }: Facts): string | null {
  if (outcome === 'success' || outcome === 'skipped') return null
  const code = error?.scimType ?? ''
  if (type === 'token.refused') return tokens[code] ?? 'Check the token in Okta against the ones that are live here.'
  if (type === 'signin.refused') return refusals[code] ?? null
  if (type === 'access.blocked')
    return 'Nothing changed. If your Okta sent it, correct the SCIM base URL there; else find out who has the token, and revoke it.'
  if (type === 'user.not_found')
    return 'Okta holds an id this organization does not have. Unassign and assign the person again in Okta.'
  if (type === 'provisioning.braked' || (status === 429 && type.startsWith('user.')))
    return 'If all of them should leave, let them under Settings, General; else stop Okta there and correct its rule.'
  if (status === 413) return 'Send less at once: the limit is 1 MiB for a user, 8 MiB for a group.'
  if (code === 'uniqueness' && type.startsWith('group.')) return TAKEN_GROUP
  return scimTypes[code] ?? null
}

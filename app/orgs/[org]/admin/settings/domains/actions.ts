'use server'

import { z } from 'zod'
import type { ClaimState } from '@/components/settings/claim-domain'
import type { ConfirmState } from '@/components/ui/confirm'
import { contextOf } from '@/lib/auth/actor'
import { requireAction } from '@/lib/auth/authorize'
import { takeLimit } from '@/lib/limits'
import { checkSentence } from '@/lib/orgs/domain-challenge'
import { shownDomain } from '@/lib/orgs/domain-name'
import { checkDomain, claimDomain, releaseDomain } from '@/lib/orgs/domains'
import { updateSettings } from '@/lib/orgs/settings'
import { refresh } from '../../../refresh'

const text = z.string().max(1000).catch('')
const GONE = 'This claim is not here any more. Load the page again.'

/** Claims what was typed, or says what is wrong with it. */
export async function claimAction(org: string, _: ClaimState, form: FormData): Promise<ClaimState> {
  const viewer = await requireAction(org, 'admin', { form })
  const typed = text.parse(form.get('domain'))
  const claimed = await claimDomain(contextOf(viewer), typed)
  if (!claimed.ok) return { typed, problem: claimed.problem }
  refresh(org)
  return { claimed: shownDomain(claimed.domain) }
}

/** Asks the name server for a claim's record. */
export async function checkAction(org: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { form })
  const domain = text.parse(form.get('domain'))
  const taken = await takeLimit('domainChecks', viewer.orgId)
  if (!taken.ok) return { error: `That were many checks in a short time. Try again in ${taken.retryAfter} seconds.` }
  const result = await checkDomain(contextOf(viewer), domain)
  refresh(org)
  if (result === null) return { error: GONE }
  if (result === 'expired') return { error: 'This claim is older than seven days. Claim the domain again.' }
  const sentence = checkSentence(result, domain, false)
  return result === 'ok' ? { done: sentence } : { error: sentence }
}

/** Gives a domain or a claim up. */
export async function releaseAction(org: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { form })
  const domain = text.parse(form.get('domain'))
  const released = await releaseDomain(contextOf(viewer), domain)
  if (released === null) return { error: GONE }
  if (!released.ok) return { error: released.problem }
  refresh(org)
  return { done: `${shownDomain(domain)} is released.` }
}

const POLICY = { off: 'Anybody may come in.', warn: 'Who is outside is marked.', enforce: 'Who is outside stays out.' }

/** Sets what happens to people outside the verified domains. */
export async function policyAction(org: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { form })
  const policy = z.enum(['off', 'warn', 'enforce']).safeParse(form.get('policy'))
  if (!policy.success) return { error: 'Choose off, warn or enforce.' }
  const saved = await updateSettings(contextOf(viewer), { domainPolicy: policy.data })
  if (!saved.ok) return { error: saved.fields.domainPolicy ?? 'Nothing was saved. Load the page again.' }
  refresh(org)
  return { done: saved.eventId ? `Saved. ${POLICY[policy.data]}` : 'It was that already.' }
}

'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { ConfirmState } from '@/components/ui/confirm'
import { counted } from '@/components/ui/format'
import { actorOf, contextOf } from '@/lib/auth/actor'
import { requireAction } from '@/lib/auth/authorize'
import { letIn, letInAll } from '@/lib/directory/held-people'
import { getOrg } from '@/lib/orgs/orgs'
import { setProvisioningState } from '@/lib/orgs/provisioning-state'
import { refresh } from '../../../refresh'

/** Lets one person in. */
export async function letInAction(org: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { form })
  const id = z.string().max(36).safeParse(form.get('user'))
  const company = await getOrg(viewer.orgId)
  const done = id.success && company && (await letIn({ org: company, actor: actorOf(viewer) }, id.data))
  if (!done) return { error: 'This person does not wait any more. Load the page again.' }
  refresh(org)
  return { done: 'Let in.' }
}

/** Lets everybody in who waits; `then=active` stops reviewing first, so that nobody new begins to wait. */
export async function letInAllAction(org: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { form })
  const actor = actorOf(viewer)
  if (form.get('then') === 'active') {
    const set = await setProvisioningState(contextOf(viewer), 'active')
    if (!set.ok) return { error: set.problem }
  }
  const done = await letInAll(viewer.orgId, actor)
  refresh(org)
  if (done.left === 0) redirect(`/orgs/${encodeURIComponent(org)}/admin/users/review?in=${done.letIn}`)
  return {
    error: `${counted(done.letIn, 'person is', 'people are')} in; ${done.left.toLocaleString('en-US')} still wait. Go on once more.`,
  }
}

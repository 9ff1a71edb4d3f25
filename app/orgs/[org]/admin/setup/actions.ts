'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { ConnectionFormState } from '@/components/settings/sign-in-form'
import type { MakeTokenState } from '@/components/setup/make-token'
import type { ConfirmState } from '@/components/ui/confirm'
import { contextOf } from '@/lib/auth/actor'
import { requireAction } from '@/lib/auth/authorize'
import { forgetIssuer } from '@/lib/auth/csp'
import { requireStepUp } from '@/lib/auth/step-up'
import { getProvisioning } from '@/lib/orgs/connections'
import { finishSetup } from '@/lib/orgs/finish-setup'
import { setProvisioningState } from '@/lib/orgs/provisioning-state'
import { saveConnection } from '@/lib/orgs/save-connection'
import { SCIM_MODES, setScimMode } from '@/lib/orgs/scim-mode'
import { createToken } from '@/lib/orgs/tokens'
import { refresh } from '../../refresh'

const at = (org: string, step: string) => `/orgs/${encodeURIComponent(org)}/admin/setup?step=${step}`

/** Which identity provider the company has: what it sends, and the words of the steps that follow. */
export async function chooseAction(org: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin')
  requireStepUp(viewer, at(org, 'idp'))
  const mode = z.enum(SCIM_MODES).safeParse(form.get('mode'))
  if (!mode.success) return { error: 'Choose one of the three.' }
  const set = await setScimMode(contextOf(viewer), mode.data)
  if (!set.ok) return { error: set.problem }
  refresh(org)
  redirect(at(org, 'sign-in'))
}

const typed = z.string().catch('')
const clientForm = z.object({ issuer: typed, clientId: typed, clientSecret: typed })

/** Saves the OIDC client; says field by field what is wrong. */
export async function clientAction(org: string, _: ConnectionFormState, form: FormData): Promise<ConnectionFormState> {
  const viewer = await requireAction(org, 'admin')
  requireStepUp(viewer, at(org, 'sign-in'))
  const input = clientForm.parse(Object.fromEntries(form))
  const { issuer, clientId } = input
  const saved = await saveConnection(contextOf(viewer), input)
  if (!saved.ok) return { issuer, clientId, fields: saved.fields }
  forgetIssuer(org)
  refresh(org)
  return { issuer: issuer.trim(), clientId: clientId.trim(), fields: {}, done: 'Saved. Test the connection now.' }
}

/** Lets SCIM in, with review or without, and makes the token: the answer to this very form alone shows it. */
export async function makeTokenAction(org: string, _: MakeTokenState, form: FormData): Promise<MakeTokenState> {
  const viewer = await requireAction(org, 'admin')
  requireStepUp(viewer, at(org, 'provisioning'))
  const state = z.enum(['active', 'pending']).safeParse(form.get('state') ?? 'active')
  if (!state.success) return { error: 'Choose whether new people come in at once or are reviewed first.' }
  const ctx = contextOf(viewer)
  const made = await createToken(ctx)
  if (!made.ok) return { error: made.sentence }
  const { scimState } = await getProvisioning(viewer.orgId)
  if (scimState === 'off') {
    const set = await setProvisioningState(ctx, state.data)
    if (!set.ok) return { error: set.problem }
  }
  refresh(org)
  return { made: { token: made.token, expiresAt: made.expiresAt.toISOString() } }
}

/** The company has set up what it wants. */
export async function finishAction(org: string): Promise<void> {
  const viewer = await requireAction(org, 'admin')
  await finishSetup(contextOf(viewer))
  refresh(org)
  redirect(`/orgs/${encodeURIComponent(org)}/admin`)
}

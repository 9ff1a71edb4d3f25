'use server'

import { z } from 'zod'
import type { TokenFormState } from '@/components/settings/token-list'
import type { ConfirmState } from '@/components/ui/confirm'
import { contextOf } from '@/lib/auth/actor'
import { requireAction } from '@/lib/auth/authorize'
import { requireStepUp } from '@/lib/auth/step-up'
import { disconnectScim } from '@/lib/orgs/disconnect-scim'
import { PROVISIONING_STATES, setProvisioningState } from '@/lib/orgs/provisioning-state'
import { SCIM_MODES, setScimMode } from '@/lib/orgs/scim-mode'
import { createToken, OVERLAP_HOURS, revokeToken, rotateToken, TOKEN_DAYS } from '@/lib/orgs/tokens'
import { refresh } from '../../../refresh'

const here = (org: string) => `/orgs/${encodeURIComponent(org)}/admin/settings/provisioning`

const oneOf = <T extends number>(values: readonly T[]) =>
  z.coerce.number().refine((n): n is T => values.some((each) => each === n), 'Choose one of the values offered.')

const tokenForm = z.discriminatedUnion('do', [
  z.object({ do: z.literal('create'), days: oneOf(TOKEN_DAYS) }),
  z.object({
    do: z.literal('rotate'),
    token: z.string().regex(/^[0-9A-Za-z]{8}$/),
    days: oneOf(TOKEN_DAYS),
    overlap: oneOf(OVERLAP_HOURS),
  }),
])

const UNREADABLE = 'This form was not complete. Load the page again and send it once more.'

/** Makes a token, or one in place of another. The answer to this very form is the only place that shows it. */
export async function tokenAction(org: string, _: TokenFormState, form: FormData): Promise<TokenFormState> {
  const viewer = await requireAction(org, 'admin', { form })
  requireStepUp(viewer, here(org))
  const parsed = tokenForm.safeParse(Object.fromEntries(form))
  if (!parsed.success) return { error: UNREADABLE }
  const wanted = parsed.data
  const ctx = contextOf(viewer)
  const made =
    wanted.do === 'create' ? await createToken(ctx, wanted.days) : await rotateToken(ctx, wanted.token, wanted)
  if (!made.ok) return { error: made.sentence }
  refresh(org)
  return { made: { id: made.id, token: made.token, expiresAt: made.expiresAt.toISOString() } }
}

/** Ends a token now. Needs no confirmation with Okta: a leaked token has to end fast. */
export async function revokeAction(org: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { form })
  const id = z.string().max(8).safeParse(form.get('token'))
  if (!id.success) return { error: UNREADABLE }
  const done = await revokeToken(contextOf(viewer), id.data)
  if (!done.ok) return { error: done.sentence }
  refresh(org)
  return { done: 'The token is revoked.' }
}

const DONE = {
  off: 'Provisioning is off.',
  pending: 'New people wait for review.',
  active: 'Provisioning is active.',
  paused: 'Provisioning is paused.',
}

/** Pauses, resumes, switches on or off. Only what takes Okta away for good is confirmed with Okta. */
export async function stateAction(org: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { form })
  const state = z.enum(PROVISIONING_STATES).safeParse(form.get('state'))
  if (!state.success) return { error: UNREADABLE }
  if (state.data === 'off') requireStepUp(viewer, here(org))
  const set = await setProvisioningState(contextOf(viewer), state.data)
  if (!set.ok) return { error: set.problem }
  refresh(org)
  return { done: DONE[state.data] }
}

/** Says which client talks to us. */
export async function modeAction(org: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { form })
  requireStepUp(viewer, here(org))
  const mode = z.enum(SCIM_MODES).safeParse(form.get('mode'))
  if (!mode.success) return { error: 'Choose Okta, Entra or strict.' }
  const set = await setScimMode(contextOf(viewer), mode.data)
  if (!set.ok) return { error: set.problem }
  refresh(org)
  return { done: 'Saved.' }
}

/** Switches off and ends every token. */
export async function disconnectAction(org: string): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin')
  requireStepUp(viewer, here(org))
  const done = await disconnectScim(contextOf(viewer))
  if (!done.ok) return { error: done.problem }
  refresh(org)
  return { done: 'Okta is disconnected.' }
}

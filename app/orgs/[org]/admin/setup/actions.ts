'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { ConnectionFormState } from '@/components/settings/sign-in-form'
import type { MakeTokenState } from '@/components/setup/make-token'
import type { LinkState } from '@/components/setup/setup-link'
import type { ConfirmState } from '@/components/ui/confirm'
import { contextOf, contextOfSetup } from '@/lib/auth/actor'
import { requireAction, requireSetupAction, type SetupDoor } from '@/lib/auth/authorize'
import { forgetIssuer } from '@/lib/auth/csp'
import { createSetupLink, endSetupLink } from '@/lib/auth/setup-link'
import { requireStepUp } from '@/lib/auth/step-up'
import { finishSetup } from '@/lib/orgs/finish-setup'
import { SCIM_MODES } from '@/lib/orgs/scim-mode'
import { chooseIdp, openScim, setClient } from '@/lib/orgs/setup-work'
import { refresh } from '../../refresh'

const at = (org: string, step: string) => `/orgs/${encodeURIComponent(org)}/admin/setup?step=${step}`

/** Which identity provider the company has: what it sends, and the words of the steps that follow. */
export async function chooseAction(org: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const door = await requireSetupAction(org, { form })
  confirmed(door, at(org, 'idp'))
  const mode = z.enum(SCIM_MODES).safeParse(form.get('mode'))
  if (!mode.success) return { error: 'Choose one of the three.' }
  const set = await chooseIdp(contextOfSetup(door), mode.data)
  if (!set.ok) return { error: set.problem }
  refresh(org)
  redirect(at(org, 'sign-in'))
}

/** An admin confirms with Okta; the maker of a setup link has done so. */
const confirmed = (door: SetupDoor, returnTo: string): void =>
  door.kind === 'admin' ? requireStepUp(door.viewer, returnTo) : undefined

const typed = z.string().catch('')
const clientForm = z.object({ issuer: typed, clientId: typed, clientSecret: typed })

/** Saves the OIDC client; says field by field what is wrong. */
export async function clientAction(org: string, _: ConnectionFormState, form: FormData): Promise<ConnectionFormState> {
  const door = await requireSetupAction(org, { form })
  confirmed(door, at(org, 'sign-in'))
  const input = clientForm.parse(Object.fromEntries(form))
  const { issuer, clientId } = input
  const saved = await setClient(contextOfSetup(door), input)
  if (!saved.ok) return { issuer, clientId, fields: saved.fields }
  forgetIssuer(org)
  refresh(org)
  return {
    issuer: issuer.trim(),
    clientId: clientId.trim(),
    fields: {},
    done: door.kind === 'guest' ? 'Saved. An admin tests it, signed in.' : 'Saved. Test the connection now.',
  }
}

/** Lets SCIM in, with review or without, and makes the token: the answer to this very form alone shows it. */
export async function makeTokenAction(org: string, _: MakeTokenState, form: FormData): Promise<MakeTokenState> {
  const door = await requireSetupAction(org, { form })
  confirmed(door, at(org, 'provisioning'))
  const state = z.enum(['active', 'pending']).safeParse(form.get('state') ?? 'active')
  if (!state.success) return { error: 'Choose whether new people come in at once or are reviewed first.' }
  const made = await openScim(contextOfSetup(door), state.data)
  if (!made.ok) return { error: made.problem }
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

/** A one-time link for the company's IT person; shown in this answer alone. */
export async function linkAction(org: string, _: LinkState, form: FormData): Promise<LinkState> {
  const viewer = await requireAction(org, 'admin', { form })
  if (form.get('do') === 'end') {
    await endSetupLink(contextOf(viewer))
    refresh(org)
    return { done: 'The link is ended, and so is what it opened.' }
  }
  requireStepUp(viewer, at(org, 'done'))
  const link = await createSetupLink(contextOf(viewer), viewer.userId)
  refresh(org)
  return { link }
}

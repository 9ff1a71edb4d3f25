'use server'

import { z } from 'zod'
import type { ConnectionFormState } from '@/components/settings/sign-in-form'
import type { ConfirmState } from '@/components/ui/confirm'
import { contextOf } from '@/lib/auth/actor'
import { requireAction } from '@/lib/auth/authorize'
import { forgetIssuer } from '@/lib/auth/csp'
import { requireStepUp } from '@/lib/auth/step-up'
import { saveConnection } from '@/lib/orgs/save-connection'
import { updateSettings } from '@/lib/orgs/settings'
import { forgetForeignLinks, setSignIn } from '@/lib/orgs/sign-in-switch'
import { refresh } from '../../../refresh'

const here = (org: string) => `/orgs/${encodeURIComponent(org)}/admin/settings/sign-in`

const typed = z.string().catch('')
const clientForm = z.object({ issuer: typed, clientId: typed, clientSecret: typed })
const UNREADABLE = 'This form was not complete. Load the page again and send it once more.'

/** Saves issuer, client id and, when one was typed, the secret; says field by field what is wrong. */
export async function connectionAction(
  org: string,
  _: ConnectionFormState,
  form: FormData,
): Promise<ConnectionFormState> {
  const viewer = await requireAction(org, 'admin', { form })
  requireStepUp(viewer, here(org))
  const input = clientForm.parse(Object.fromEntries(form))
  const { issuer, clientId } = input
  const saved = await saveConnection(contextOf(viewer), input)
  if (!saved.ok) return { issuer, clientId, fields: saved.fields }
  forgetIssuer(org)
  refresh(org)
  const done = saved.eventId ? 'Saved. Test the connection now.' : 'Nothing was changed.'
  return { issuer: issuer.trim(), clientId: clientId.trim(), fields: {}, done }
}

/** Lets people sign in, or nobody new. */
export async function signInAction(org: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { form })
  requireStepUp(viewer, here(org))
  const wanted = z.enum(['on', 'off']).safeParse(form.get('signIn'))
  if (!wanted.success) return { error: UNREADABLE }
  const set = await setSignIn(contextOf(viewer), wanted.data)
  if (!set.ok) return { error: set.problem }
  refresh(org)
  return { done: `Sign-in is ${wanted.data}.` }
}

/** Adds people at first sign-in, or not. */
export async function jitAction(org: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { form })
  requireStepUp(viewer, here(org))
  const wanted = z.enum(['on', 'off']).safeParse(form.get('jit'))
  if (!wanted.success) return { error: UNREADABLE }
  const saved = await updateSettings(contextOf(viewer), { jit: wanted.data === 'on' })
  if (!saved.ok) return { error: saved.fields.jit ?? UNREADABLE }
  refresh(org)
  return { done: `JIT is ${wanted.data}.` }
}

/** Forgets the sign-in links of issuers that are no longer the connection's. */
export async function forgetLinksAction(org: string): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin')
  requireStepUp(viewer, here(org))
  const done = await forgetForeignLinks(contextOf(viewer))
  if (!done.ok) return { error: done.problem }
  refresh(org)
  return { done: 'The links are forgotten.' }
}

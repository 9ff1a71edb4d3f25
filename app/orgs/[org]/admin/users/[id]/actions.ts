'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { ConfirmState } from '@/components/ui/confirm'
import { counted } from '@/components/ui/format'
import { requireAction } from '@/lib/auth/authorize'
import { endAllSessions, endSession } from '@/lib/auth/sessions'
import { deactivatePerson, deletePerson, type Managed, reactivatePerson } from '@/lib/directory/manage-users'
import { setRole } from '@/lib/directory/set-role'
import { manageContext, roleFrom } from '../manage-context'

const refresh = (org: string) => revalidatePath(`/orgs/${org}/admin/users`, 'layout')

function told(org: string, result: Managed, done: string): ConfirmState {
  if (!result.ok) return { error: result.sentence }
  refresh(org)
  return { done: result.sessionsEnded > 0 ? `${done}, ${counted(result.sessionsEnded, 'session')} ended` : done }
}

/** Takes access away now. */
export async function deactivateAction(org: string, id: string): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { id })
  return told(org, await deactivatePerson(manageContext(viewer), id), 'Deactivated')
}

/** Gives access back. */
export async function reactivateAction(org: string, id: string): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { id })
  return told(org, await reactivatePerson(manageContext(viewer), id), 'Reactivated')
}

/** Deletes, and goes back to the list. */
export async function deleteAction(org: string, id: string): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { id })
  const result = await deletePerson(manageContext(viewer), id)
  if (!result.ok) return { error: result.sentence }
  refresh(org)
  redirect(`/orgs/${encodeURIComponent(org)}/admin/users`)
}

/** The role by hand; '' takes it back. */
export async function setRoleAction(org: string, id: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { id, form })
  const role = roleFrom(form.get('role'))
  if (role === undefined) return { error: 'Choose one of the roles.' }
  const result = await setRole(manageContext(viewer), id, role)
  if (!result.ok) return { error: result.sentence }
  refresh(org)
  return { done: `Saved: ${result.role}` }
}

/** Ends one session of the person; one that is over already changes nothing. */
export async function endSessionAction(org: string, id: string, form: FormData): Promise<void> {
  const viewer = await requireAction(org, 'admin', { id, form })
  const session = form.get('session')
  if (typeof session === 'string') await endSession(manageContext(viewer), id, session)
  refresh(org)
}

export async function endAllSessionsAction(org: string, id: string): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { id })
  const ended = await endAllSessions(manageContext(viewer), id)
  if (!ended) return { error: 'This person is no longer here.' }
  refresh(org)
  return { done: `${counted(ended.sessionsEnded, 'session')} ended` }
}

'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { ConfirmState } from '@/components/ui/confirm'
import { actorOf } from '@/lib/auth/actor'
import { requireAction, type Viewer } from '@/lib/auth/authorize'
import { endAllSessions, endSession } from '@/lib/auth/sessions'
import {
  deactivatePerson,
  deletePerson,
  type ManageContext,
  type Managed,
  reactivatePerson,
} from '@/lib/directory/manage-users'
import { setRole } from '@/lib/directory/set-role'

const contextOf = (viewer: Viewer): ManageContext => ({
  org: { orgId: viewer.orgId },
  actor: actorOf(viewer),
  actorRole: viewer.role,
})

const refresh = (org: string) => revalidatePath(`/orgs/${org}/admin/users`, 'layout')

function told(org: string, result: Managed, done: string): ConfirmState {
  if (!result.ok) return { error: result.sentence }
  refresh(org)
  return { done: result.sessionsEnded > 0 ? `${done}, ${result.sessionsEnded} sessions ended` : done }
}

/** Takes access away now. */
export async function deactivateAction(org: string, id: string): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin')
  return told(org, await deactivatePerson(contextOf(viewer), id), 'Deactivated')
}

/** Gives access back. */
export async function reactivateAction(org: string, id: string): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin')
  return told(org, await reactivatePerson(contextOf(viewer), id), 'Reactivated')
}

/** Deletes, and goes back to the list. */
export async function deleteAction(org: string, id: string): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin')
  const result = await deletePerson(contextOf(viewer), id)
  if (!result.ok) return { error: result.sentence }
  refresh(org)
  redirect(`/orgs/${encodeURIComponent(org)}/admin/users`)
}

const ROLES: readonly Viewer['role'][] = ['owner', 'admin', 'manager', 'member']

/** The role by hand; '' takes it back. */
export async function setRoleAction(org: string, id: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin')
  const asked = form.get('role')
  const role = ROLES.find((each) => each === asked) ?? null
  if (!role && asked !== '') return { error: 'Choose one of the roles.' }
  const result = await setRole(contextOf(viewer), id, role)
  if (!result.ok) return { error: result.sentence }
  refresh(org)
  return { done: `Saved: ${result.role}` }
}

/** Ends one session of the person; one that is over already changes nothing. */
export async function endSessionAction(org: string, id: string, form: FormData): Promise<void> {
  const viewer = await requireAction(org, 'admin')
  const session = form.get('session')
  if (typeof session === 'string') await endSession(contextOf(viewer), id, session)
  refresh(org)
}

export async function endAllSessionsAction(org: string, id: string): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin')
  const ended = await endAllSessions(contextOf(viewer), id)
  if (!ended) return { error: 'This person is no longer here.' }
  refresh(org)
  return { done: `${ended.sessionsEnded} sessions ended` }
}

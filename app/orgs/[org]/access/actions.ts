'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { contextOf } from '@/lib/auth/actor'
import { requireAction } from '@/lib/auth/authorize'
import { endAllSessions, endSession } from '@/lib/auth/sessions'

/** Ends one of the person's own sessions; of this very one a page tells the end. */
export async function endMySessionAction(org: string, form: FormData): Promise<void> {
  const viewer = await requireAction(org, 'member', { form })
  const session = form.get('session')
  if (typeof session !== 'string') return
  await endSession(contextOf(viewer), viewer.userId, session)
  if (session === viewer.sessionId) redirect(`/denied?org=${viewer.orgSlug}`)
  revalidatePath(`/orgs/${viewer.orgSlug}/access`)
}

/** Ends every session of the person but this one, and every sign-in of theirs under way. */
export async function endMyOtherSessionsAction(org: string): Promise<void> {
  const viewer = await requireAction(org, 'member')
  await endAllSessions(contextOf(viewer), viewer.userId, viewer.sessionId)
  revalidatePath(`/orgs/${viewer.orgSlug}/access`)
}

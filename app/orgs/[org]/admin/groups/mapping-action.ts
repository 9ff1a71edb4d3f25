'use server'

import { z } from 'zod'
import type { ConfirmState } from '@/components/ui/confirm'
import { roleWords } from '@/components/users/words'
import { contextOf } from '@/lib/auth/actor'
import { requireAction } from '@/lib/auth/authorize'
import { requireStepUp } from '@/lib/auth/step-up'
import { saveMapping } from '@/lib/directory/role-mappings'
import { MAPPED_ROLES } from '@/lib/directory/roles'
import { refresh } from '../../refresh'

const formSchema = z.object({ role: z.enum(['none', ...MAPPED_ROLES]), seen: z.string().max(500) })

/** Makes a group give a role, or none, exactly as it was previewed; `from` is the page it was previewed on. */
export async function mapGroupAction(
  org: string,
  group: string,
  from: string,
  _: ConfirmState,
  form: FormData,
): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { group, from, form })
  requireStepUp(viewer, from)
  const parsed = formSchema.safeParse(Object.fromEntries(form))
  if (!parsed.success) return { error: 'Choose a role first: its preview says whom it concerns.' }
  const { role, seen } = parsed.data
  const saved = await saveMapping(contextOf(viewer), group, role === 'none' ? null : role, seen)
  refresh(org)
  if (!saved.ok) return { error: saved.sentence }
  if (saved.eventId === null) return { done: 'It was that already.' }
  return { done: role === 'none' ? 'The group gives no role any more.' : `The group gives ${roleWords[role]} now.` }
}

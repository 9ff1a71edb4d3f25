'use server'

import { revalidatePath } from 'next/cache'
import type { ImportState } from '@/components/users/import-form'
import type { ImportSummary } from '@/components/users/import-lines'
import { requireAction } from '@/lib/auth/authorize'
import { applyImport, type ImportPlan, planImport } from '@/lib/directory/import-users'
import { MAX_CSV_BYTES, textOfFile } from '@/lib/directory/people-csv'
import { manageContext } from '../manage-context'

/** Lines a page shows of a file; problems come first. */
const SHOWN = 200

/** Reads the file and says what it would do. */
export async function previewAction(org: string, _: ImportState, form: FormData): Promise<ImportState> {
  const viewer = await requireAction(org, 'admin', { form })
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) return { step: 'start', problem: 'Choose a CSV file first.' }
  if (file.size > MAX_CSV_BYTES) return { step: 'start', problem: 'The file is larger than 1 MiB. Split it.' }
  const text = textOfFile(new Uint8Array(await file.arrayBuffer()))
  if (text === null) {
    return {
      step: 'start',
      problem:
        'This is no text in UTF-8, so names would be garbled. In Excel, save it as “CSV UTF-8” and choose it again.',
    }
  }
  const plan = await planImport(manageContext(viewer), text)
  if ('problem' in plan) return { step: 'start', problem: plan.problem }
  return { step: 'preview', text, name: file.name.slice(0, 100), summary: summaryOf(plan) }
}

/** Does it: each person with an event of their own. */
export async function applyAction(org: string, _: ImportState, form: FormData): Promise<ImportState> {
  const viewer = await requireAction(org, 'admin', { form })
  const text = form.get('text')
  if (typeof text !== 'string') return { step: 'start', problem: 'Choose a CSV file first.' }
  const plan = await applyImport(manageContext(viewer), text)
  if ('problem' in plan) return { step: 'start', problem: plan.problem }
  revalidatePath(`/orgs/${org}/admin/users`, 'layout')
  return { step: 'done', summary: summaryOf(plan) }
}

function summaryOf({ lines, ignored }: ImportPlan): ImportSummary {
  const counts = { create: 0, change: 0, skip: 0, error: 0 }
  for (const { action } of lines) counts[action]++
  const problemsFirst = [...lines].sort((a, b) => Number(b.action === 'error') - Number(a.action === 'error'))
  return { counts, shown: problemsFirst.slice(0, SHOWN), ignored }
}

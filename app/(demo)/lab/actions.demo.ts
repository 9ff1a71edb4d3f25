'use server'

import { redirect } from 'next/navigation'
import { requireDemoAction } from '@/lib/demo/door'
import { findCase, listCases } from '@/lib/lab/cases'
import { fireInDemo } from '@/lib/lab/demo'
import { readStanding } from '@/lib/lab/standing'

/** Fires one combination, and opens what came of it. */
export async function fireOne(form: FormData): Promise<void> {
  await requireDemoAction({ form })
  const standing = readStanding(form.get('walls'))
  const each = findCase(String(form.get('case')))
  if (!each) redirect('/lab')
  await fireInDemo([each], standing)
  redirect(`/lab/${each.slug}?walls=${standing}`)
}

/** Fires every combination against the same walls. */
export async function fireAll(form: FormData): Promise<void> {
  await requireDemoAction({ form })
  const standing = readStanding(form.get('walls'))
  await fireInDemo(listCases(), standing)
  redirect(`/lab?walls=${standing}`)
}

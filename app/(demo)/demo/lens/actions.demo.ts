'use server'

import { redirect } from 'next/navigation'
import { requireDemoAction } from '@/lib/demo/door'
import { playYears } from '@/lib/demo/year-play'
import { readLens } from '@/lib/lens/year'

/** Plays John's year at three companies of the lens's own, for real. */
export async function playLens(form: FormData): Promise<void> {
  await requireDemoAction({ form })
  await playYears()
  redirect(`/demo/lens?lens=${readLens(form.get('lens'))}`)
}

'use server'

import { redirect } from 'next/navigation'
import { demoCompany } from '@/lib/demo/companies'
import { requireDemoAction } from '@/lib/demo/door'
import { resetCompany } from '@/lib/demo/reset'

/** Both companies as they were before the story. */
export async function resetStory(): Promise<void> {
  await requireDemoAction()
  await Promise.all(['porter', 'white-rabbit'].map(async (slug) => resetCompany(await demoCompany(slug))))
  redirect('/demo')
}

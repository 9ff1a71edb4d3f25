'use server'

import { redirect } from 'next/navigation'
import { contextOf } from '@/lib/auth/actor'
import { requireAction } from '@/lib/auth/authorize'
import { runReadiness } from '@/lib/readiness/run'
import { refresh } from '../../../refresh'

/** Runs Okta's cases at a company made for it. */
export async function runAction(org: string): Promise<void> {
  const viewer = await requireAction(org, 'admin')
  const done = await runReadiness(contextOf(viewer))
  refresh(org)
  redirect(`/orgs/${viewer.orgSlug}/admin/setup/readiness${done.ok ? '' : `?problem=${done.problem}`}`)
}

import { redirect } from 'next/navigation'
import { requirePage } from '@/lib/auth/authorize'

type Props = { params: Promise<{ org: string }> }

/** The settings open on what Okta talks to. */
export default async function SettingsPage({ params }: Props) {
  const { org } = await params
  await requirePage(org, 'admin', `/orgs/${org}/admin/settings`)
  redirect(`/orgs/${org}/admin/settings/provisioning`)
}

'use client'

import { usePathname } from 'next/navigation'
import { Tabs } from '@/components/ui/tabs'

const pages = {
  provisioning: 'Provisioning',
  'sign-in': 'Sign-in',
  domains: 'Domains',
  roles: 'Roles',
  general: 'General',
}

/** The pages of the settings. */
export function SettingsNav({ org }: { org: string }) {
  const here = usePathname()
  const tabs = Object.entries(pages).map(([page, label]) => {
    const href = `/orgs/${org}/admin/settings/${page}`
    return { href, label, current: here === href || here.startsWith(`${href}/`) }
  })
  return <Tabs label="Settings" tabs={tabs} />
}

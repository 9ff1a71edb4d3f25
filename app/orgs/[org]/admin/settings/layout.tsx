import type { ReactNode } from 'react'
import { SettingsNav } from '@/components/shell/settings-nav'

type Props = { params: Promise<{ org: string }>; children: ReactNode }

/** The frame of the settings. Who may see them, each page decides. */
export default async function SettingsLayout({ params, children }: Props) {
  const { org } = await params
  return (
    <>
      <div className="mb-6 flex">
        <SettingsNav org={org} />
      </div>
      {children}
    </>
  )
}

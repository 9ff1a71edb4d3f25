import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { setTheme } from '@/app/theme-action'
import { SessionWatch } from '@/components/shell/session-watch'
import { Shell } from '@/components/shell/shell'
import { readTheme, THEME_COOKIE } from '@/components/shell/theme'
import { authorize } from '@/lib/auth/authorize'

type Props = { params: Promise<{ org: string }>; children: ReactNode }

export default async function OrgLayout({ params, children }: Props) {
  const { org } = await params
  const door = await authorize(org, 'member')
  // Each page refuses by itself, knowing where to come back to; a refusal needs no frame.
  if (door.kind !== 'ok') return children
  const { viewer } = door
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value)
  return (
    <Shell viewer={viewer} theme={theme} themeAction={setTheme}>
      <SessionWatch org={viewer.orgSlug} />
      {children}
    </Shell>
  )
}

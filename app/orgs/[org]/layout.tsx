import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { setTheme } from '@/app/theme-action'
import { SessionWatch } from '@/components/shell/session-watch'
import { Shell } from '@/components/shell/shell'
import { readTheme, THEME_COOKIE } from '@/components/shell/theme'
import { authorize } from '@/lib/auth/authorize'
import { cookieJar, sessionSlugs } from '@/lib/auth/cookies'
import { heldSessions } from '@/lib/auth/held-sessions'
import { hasRole } from '@/lib/directory/roles'
import { env } from '@/lib/env'

type Props = { params: Promise<{ org: string }>; children: ReactNode }

export default async function OrgLayout({ params, children }: Props) {
  const { org } = await params
  const door = await authorize(org, 'member')
  // Each page refuses by itself, knowing where to come back to; a refusal needs no frame.
  if (door.kind !== 'ok') return children
  const { viewer } = door
  const jar = await cookies()
  // One session is the one in use: nothing to look up.
  const held = sessionSlugs(cookieJar(jar.getAll())).length > 1 ? await heldSessions() : []
  return (
    <Shell
      viewer={viewer}
      held={held}
      scimBase={hasRole(viewer.role, 'admin') ? `${env().ROLLCALL_URL}/scim/v2/${viewer.orgSlug}` : null}
      theme={readTheme(jar.get(THEME_COOKIE)?.value)}
      themeAction={setTheme}
    >
      <SessionWatch org={viewer.orgSlug} />
      {children}
    </Shell>
  )
}

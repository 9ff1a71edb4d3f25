import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { setTheme } from '@/app/theme-action'
import { DemoFrame } from '@/components/demo/frame'
import { readTheme, THEME_COOKIE } from '@/components/shell/theme'
import { requireDemo } from '@/lib/demo/door'
import { oktaAddress } from '@/lib/demo/okta'

export const metadata: Metadata = { robots: { index: false } }

/** Around the walkthrough and the lab. Each page asks at the door itself. */
export default async function DemoLayout({ children }: { children: ReactNode }) {
  await requireDemo()
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value)
  return (
    <DemoFrame okta={oktaAddress()} theme={theme} themeAction={setTheme}>
      {children}
    </DemoFrame>
  )
}

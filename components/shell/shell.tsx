import Link from 'next/link'
import type { ReactNode } from 'react'
import { Mark } from '@/components/ui/mark'
import type { Viewer } from '@/lib/auth/authorize'
import { Account } from './account'
import { Nav } from './nav'
import { PhoneMenu } from './phone-menu'
import { SkipLink } from './skip-link'
import type { Theme } from './theme'

type Props = {
  viewer: Viewer
  theme: Theme
  themeAction: (form: FormData) => Promise<void>
  children: ReactNode
}

/** The frame of every page of an org: a side bar, on a phone a top bar. */
export function Shell({ viewer, theme, themeAction, children }: Props) {
  const account = <Account viewer={viewer} theme={theme} themeAction={themeAction} />
  return (
    <div className="md:grid md:grid-cols-[14.5rem_minmax(0,1fr)]">
      <SkipLink />
      <header className="sticky top-0 z-20 flex items-center justify-between border-b border-border bg-surface px-3 py-1.5 md:hidden">
        <OrgName viewer={viewer} />
        <PhoneMenu>
          <Nav viewer={viewer} label="Pages" />
          {account}
        </PhoneMenu>
      </header>
      <aside
        aria-label="Sidebar"
        className="sticky top-0 hidden h-dvh flex-col justify-between gap-6 overflow-y-auto border-r border-border bg-surface p-3 shadow-[inset_-4px_0_0_-3px_var(--margin)] md:flex"
      >
        <div className="grid gap-5">
          <OrgName viewer={viewer} />
          <Nav viewer={viewer} label="Pages" />
        </div>
        {account}
      </aside>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl px-4 pt-6 pb-16 outline-none sm:px-8">
        {children}
      </main>
    </div>
  )
}

function OrgName({ viewer }: { viewer: Viewer }) {
  return (
    <Link href={`/orgs/${viewer.orgSlug}`} className="flex items-center gap-2.5 rounded-md p-1" prefetch={false}>
      <Mark className="size-7" />
      <span className="min-w-0 leading-tight">
        <span className="block truncate font-semibold tracking-tight">{viewer.orgName}</span>
        <span className="block text-xs text-muted">Rollcall</span>
      </span>
    </Link>
  )
}

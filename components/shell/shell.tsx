import type { ReactNode } from 'react'
import type { Viewer } from '@/lib/auth/authorize'
import type { HeldSession } from '@/lib/auth/held-sessions'
import { Commands } from './commands'
import { Nav } from './nav'
import { OrgSwitcher } from './org-switcher'
import { PaletteButton } from './palette-button'
import { PhoneMenu } from './phone-menu'
import { SkipLink } from './skip-link'
import type { Theme } from './theme'
import { UserMenu } from './user-menu'
import { WhoProvider } from './who'

type Props = {
  viewer: Viewer
  /** The orgs this browser is signed in to, when there are several. */
  held: HeldSession[]
  /** For admins: the base URL Okta is given. */
  scimBase: string | null
  theme: Theme
  themeAction: (form: FormData) => Promise<void>
  children: ReactNode
}

/** The frame of every page of an org: a side bar, on a phone a top bar and a sheet. */
export function Shell({ viewer, held, scimBase, theme, themeAction, children }: Props) {
  const org = { slug: viewer.orgSlug, name: viewer.orgName, role: viewer.role }
  const { displayName, userName, role, orgName, orgSlug } = viewer
  const who = { displayName, userName, role, orgName, orgSlug }
  const others = held.filter(({ slug }) => slug !== org.slug).map(({ slug, name }) => ({ slug, name }))
  const switcher = <OrgSwitcher org={org} held={held} />
  const account = <UserMenu viewer={viewer} theme={theme} themeAction={themeAction} />
  return (
    <div className="md:grid md:grid-cols-[14.5rem_minmax(0,1fr)]">
      <SkipLink />
      <header className="sticky top-0 z-20 flex items-center gap-1 border-b border-border bg-surface px-2 py-1.5 md:hidden">
        <div className="min-w-0 flex-1">{switcher}</div>
        <PaletteButton small />
        <PhoneMenu title={viewer.orgName}>
          <Nav viewer={viewer} label="Pages" />
          {account}
        </PhoneMenu>
      </header>
      <aside
        aria-label="Sidebar"
        className="sticky top-0 hidden h-dvh flex-col justify-between gap-6 overflow-y-auto border-r border-border bg-surface p-3 shadow-[inset_-4px_0_0_-3px_var(--margin)] md:flex"
      >
        <div className="grid gap-4">
          {switcher}
          <PaletteButton />
          <Nav viewer={viewer} label="Pages" />
        </div>
        {account}
      </aside>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl px-4 pt-6 pb-16 outline-none sm:px-8">
        <WhoProvider who={who}>{children}</WhoProvider>
      </main>
      <Commands
        viewer={{ orgSlug: viewer.orgSlug, role: viewer.role }}
        others={others}
        scimBase={scimBase}
        theme={theme}
        themeAction={themeAction}
      />
    </div>
  )
}

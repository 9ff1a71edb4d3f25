import type { ReactNode } from 'react'
import { SkipLink } from '@/components/shell/skip-link'
import type { Theme } from '@/components/shell/theme'
import { ThemeToggle } from '@/components/shell/theme-toggle'
import { Wordmark } from '@/components/ui/mark'
import { DemoLink } from './demo-link'

type Props = {
  /** Where the stand-in shows its console. */
  okta: string
  theme: Theme
  themeAction: (form: FormData) => Promise<void>
  children: ReactNode
}

/** The frame of the demo's own pages, and the way between them, the stand-in's console and the two companies. */
export function DemoFrame({ okta, theme, themeAction, children }: Props) {
  return (
    <div className="min-h-dvh">
      <SkipLink />
      <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-border bg-surface px-4 py-1.5 sm:px-6">
        <a href="/" className="rounded-md py-1">
          <Wordmark />
          <span className="sr-only">, the start page</span>
        </a>
        <nav aria-label="Demo" className="flex flex-wrap items-center gap-0.5">
          <DemoLink href="/demo">Walkthrough</DemoLink>
          <DemoLink href="/demo/lens">Lens</DemoLink>
          <DemoLink href="/lab">Isolation lab</DemoLink>
          <DemoLink href={okta}>Okta console</DemoLink>
          <DemoLink href="/orgs/porter/admin">Porter</DemoLink>
          <DemoLink href="/orgs/white-rabbit/admin">White Rabbit</DemoLink>
        </nav>
        <ThemeToggle current={theme} action={themeAction} />
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[120rem] px-4 pt-4 pb-10 outline-none sm:px-6">
        {children}
      </main>
    </div>
  )
}

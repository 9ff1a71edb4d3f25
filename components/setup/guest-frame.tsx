import type { ReactNode } from 'react'
import { Moment } from '@/components/settings/moment'
import { SkipLink } from '@/components/shell/skip-link'
import { Wordmark } from '@/components/ui/mark'

type Props = {
  org: string
  /** Who made the link, to ask when something is unclear. */
  madeBy: string
  /** ISO 8601: when the visit ends. */
  until: string
  children: ReactNode
}

/** The setup pages for who came by a link: nothing of the organization leads on from here. */
export function GuestFrame({ org, madeBy, until, children }: Props) {
  return (
    <>
      <SkipLink />
      <header className="border-b border-border bg-surface">
        <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-3 sm:px-8">
          <span className="flex min-w-0 items-center gap-3">
            <Wordmark />
            <span className="min-w-0 border-l border-border pl-3 font-medium break-words">{org}</span>
          </span>
          <span className="text-xs text-muted">
            Setup link of {madeBy}, until <Moment at={until} />
          </span>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl px-4 pt-6 pb-16 outline-none sm:px-8">
        {children}
      </main>
    </>
  )
}

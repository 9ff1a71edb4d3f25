import type { ReactNode } from 'react'
import { SkipLink } from '@/components/shell/skip-link'
import { Wordmark } from '@/components/ui/mark'

/** The setup pages for who came by a link: nothing of the organization leads on from here. */
export function GuestFrame({ children }: { children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <header className="border-b border-border bg-surface px-5 py-3">
        <Wordmark />
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl px-4 pt-6 pb-16 outline-none sm:px-8">
        {children}
      </main>
    </>
  )
}

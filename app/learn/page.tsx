import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import Link from 'next/link'
import { Contents } from '@/components/learn/contents'
import { Lesson } from '@/components/learn/lesson'
import { SkipLink } from '@/components/shell/skip-link'
import { readTheme, THEME_COOKIE } from '@/components/shell/theme'
import { ThemeToggle } from '@/components/shell/theme-toggle'
import { ButtonLink } from '@/components/ui/button'
import { Wordmark } from '@/components/ui/mark'
import { env } from '@/lib/env'
import { readLens } from '@/lib/lens/year'
import { setTheme } from '../theme-action'

export const metadata: Metadata = {
  title: 'What SCIM is, next to OIDC',
  description:
    'SCIM in 150 words, next to OIDC, and eleven questions people ask about it, each answered on one screen.',
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function LearnPage({ searchParams }: Props) {
  const lens = readLens((await searchParams).lens)
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value)
  return (
    <div className="mx-auto max-w-6xl px-5 sm:px-8">
      <SkipLink />
      <header className="no-print flex flex-wrap items-center justify-between gap-3 py-5">
        <Link href="/" aria-label="Rollcall: home" prefetch={false} className="rounded">
          <Wordmark />
        </Link>
        <div className="flex items-center gap-3">
          <ThemeToggle current={theme} action={setTheme} />
          <ButtonLink href="/sign-in">Sign in</ButtonLink>
        </div>
      </header>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 pb-20 lg:grid-cols-[15rem_minmax(0,1fr)] print:block">
        <aside className="no-print pt-8 max-lg:pt-2">
          <details className="rounded-card border border-border bg-surface lg:hidden">
            <summary className="px-4 py-3 font-medium">On this page</summary>
            <div className="border-t border-border p-2">
              <Contents />
            </div>
          </details>
          <div className="sticky top-6 max-h-[calc(100dvh-3rem)] overflow-y-auto max-lg:hidden">
            <Contents />
          </div>
        </aside>
        <main id="content" tabIndex={-1} className="min-w-0 pt-8 outline-none">
          <h1 className="mb-10 max-w-[22ch] text-[30px] leading-[1.15] tracking-[-0.03em] text-balance sm:text-[38px]">
            What SCIM is, and what it is not.
          </h1>
          <Lesson lens={lens} canPlay={env().ROLLCALL_DEMO} />
        </main>
      </div>
    </div>
  )
}

import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import Link from 'next/link'
import { DemoDoors } from '@/components/landing/demo-doors'
import { HeroRegister } from '@/components/landing/hero-register'
import { Picture } from '@/components/landing/picture'
import { Questions } from '@/components/landing/questions'
import { SkipLink } from '@/components/shell/skip-link'
import { readTheme, THEME_COOKIE } from '@/components/shell/theme'
import { ThemeToggle } from '@/components/shell/theme-toggle'
import { ButtonLink } from '@/components/ui/button'
import { Wordmark } from '@/components/ui/mark'
import { env } from '@/lib/env'
import { setTheme } from './theme-action'

export const metadata: Metadata = { title: { absolute: 'Rollcall: who works here, and why they may come in' } }

export default async function LandingPage() {
  const { ROLLCALL_DEMO: demo, ROLLCALL_OKTA_CONSOLE: console } = env()
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value)
  return (
    <div className="mx-auto max-w-6xl px-5 sm:px-8">
      <SkipLink />
      <header className="flex flex-wrap items-center justify-between gap-3 py-5">
        <Wordmark />
        <div className="flex items-center gap-3">
          <Link
            href="/learn"
            prefetch={false}
            className="rounded px-1 font-medium whitespace-nowrap text-muted hover:text-text max-sm:hidden"
          >
            What is SCIM?
          </Link>
          <ThemeToggle current={theme} action={setTheme} />
          <ButtonLink href="/sign-in">Sign in</ButtonLink>
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="grid grid-cols-[minmax(0,1fr)] gap-14 pt-8 pb-20 outline-none sm:pt-14"
      >
        <section aria-labelledby="what" className="grid grid-cols-[minmax(0,1fr)] items-center gap-10 lg:grid-cols-2">
          <div>
            <h1 id="what" className="text-[34px] leading-[1.12] tracking-[-0.03em] text-balance sm:text-[44px]">
              Who works here, kept true by Okta.
            </h1>
            <p className="mt-4 max-w-[34rem] text-lg text-muted">
              Rollcall is a small app for many companies: their people sign in with their own Okta, Okta keeps them in
              sync over SCIM, and a live log says what happened and why.
            </p>
          </div>
          <HeroRegister />
        </section>
        {demo ? <DemoDoors console={console} /> : null}
        <section aria-labelledby="questions">
          <h2 id="questions" className="mb-5 text-xs font-medium text-muted">
            Three questions it answers
          </h2>
          <Questions />
          <p className="mt-8">
            <Link href="/learn" prefetch={false} className="font-medium text-accent underline underline-offset-2">
              SCIM next to OIDC, and eleven more questions people ask
            </Link>
          </p>
        </section>
        <section aria-labelledby="how">
          <h2 id="how" className="mb-5 text-xs font-medium text-muted">
            How it works
          </h2>
          <Picture />
        </section>
      </main>
    </div>
  )
}

import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { MessagePage } from '@/components/shell/message-page'
import { DenialText } from '@/components/sign-in/denial'
import { SignInForm } from '@/components/sign-in/sign-in-form'
import { ButtonLink } from '@/components/ui/button'
import { currentSession } from '@/lib/auth/authorize'
import { cookieJar } from '@/lib/auth/cookies'
import { explainDenial } from '@/lib/auth/denied'
import { isSlug } from '@/lib/auth/slug'

export const metadata: Metadata = { title: 'No access' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The address only names the org; what happened is read from the database by what this browser holds. */
export default async function DeniedPage({ searchParams }: Props) {
  const { org } = await searchParams
  const slug = typeof org === 'string' && isSlug(org) ? org : null
  const denial = slug ? await explainDenial(slug, cookieJar((await cookies()).getAll())) : null
  if (slug && denial) {
    return (
      <MessagePage
        title={denial.title}
        actions={
          <>
            <SignInForm slug={slug}>{`Sign in to ${denial.orgName} again`}</SignInForm>
            <ButtonLink href="/" look="quiet">
              Home
            </ButtonLink>
          </>
        }
      >
        <DenialText denial={denial} />
      </MessagePage>
    )
  }
  return slug && (await currentSession(slug)).kind === 'live' ? <SignedIn slug={slug} /> : <NothingKnown />
}

function SignedIn({ slug }: { slug: string }) {
  return (
    <MessagePage
      title="You are signed in"
      actions={
        <ButtonLink href={`/orgs/${slug}`} look="primary">
          Go on
        </ButtonLink>
      }
    >
      <p>Nothing keeps you out.</p>
    </MessagePage>
  )
}

function NothingKnown() {
  return (
    <MessagePage
      title="You are not signed in"
      actions={
        <ButtonLink href="/sign-in" look="primary">
          Sign in
        </ButtonLink>
      }
    >
      <p>This browser holds no session here and no sign-in of it was refused lately.</p>
      <p>If you had access until now, sign in again: you will be told if it is gone, and by whom.</p>
    </MessagePage>
  )
}

import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { MessagePage } from '@/components/shell/message-page'
import { DenialText } from '@/components/sign-in/denial'
import { SignInForm } from '@/components/sign-in/sign-in-form'
import { ButtonLink } from '@/components/ui/button'
import { currentSession } from '@/lib/auth/authorize'
import { cookieJar } from '@/lib/auth/cookies'
import { explainDenial } from '@/lib/auth/denied'
import { returnPath } from '@/lib/auth/origin'
import { findOrg } from '@/lib/auth/sign-in'

export const metadata: Metadata = { title: 'Sign in' }

type Props = {
  params: Promise<{ org: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function OrgSignInPage({ params, searchParams }: Props) {
  const { org: slug } = await params
  const { from } = await searchParams
  const org = await findOrg(slug)
  if (!org) return <NoSuchOrg />
  const back = returnPath(typeof from === 'string' ? from : null, slug)
  const session = await currentSession(slug)
  if (session.kind === 'live') redirect(back)
  const denial = await explainDenial(slug, cookieJar((await cookies()).getAll()))
  return (
    <MessagePage title={`Sign in to ${org.name}`} actions={<SignIn slug={slug} name={org.name} from={back} />}>
      {denial ? (
        <section aria-label="What happened" className="mb-2 grid gap-2 rounded-md border border-border bg-surface p-4">
          <DenialText denial={denial} />
        </section>
      ) : null}
      <p>{org.name} signs its people in with Okta. You come back here right after.</p>
    </MessagePage>
  )
}

function SignIn({ slug, name, from }: { slug: string; name: string; from: string }) {
  return (
    <>
      <SignInForm slug={slug} from={from}>{`Continue with Okta (${name})`}</SignInForm>
      <ButtonLink href="/sign-in" look="quiet">
        Another company
      </ButtonLink>
    </>
  )
}

function NoSuchOrg() {
  return (
    <MessagePage
      title="Sign in"
      actions={
        <ButtonLink href="/sign-in" look="primary">
          Sign in with your work e-mail
        </ButtonLink>
      }
    >
      <p>No sign-in can be started at this address. Check the link you were given, or begin with your work e-mail.</p>
    </MessagePage>
  )
}

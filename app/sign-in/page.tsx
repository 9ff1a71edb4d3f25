import type { Metadata } from 'next'
import { MessagePage } from '@/components/shell/message-page'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/field'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const UNKNOWN =
  'No sign-in could be started with this address. Use the e-mail your company’s Okta knows, or the sign-in link your admin gave you.'

export default async function SignInPage({ searchParams }: Props) {
  const { unknown } = await searchParams
  return (
    <MessagePage title="Sign in">
      <p>Enter your work e-mail. We take you to your company’s own Okta.</p>
      <form method="post" action="/sign-in/start" className="mt-3 grid max-w-sm gap-3">
        <Input
          label="Work e-mail"
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          maxLength={254}
          required
          error={unknown ? UNKNOWN : undefined}
        />
        <Button type="submit" look="primary" className="justify-self-start">
          Continue with Okta
        </Button>
      </form>
    </MessagePage>
  )
}

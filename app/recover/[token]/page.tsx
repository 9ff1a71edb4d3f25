import type { Metadata } from 'next'
import { MessagePage } from '@/components/shell/message-page'
import { Button, ButtonLink } from '@/components/ui/button'
import { readRecoveryLink } from '@/lib/auth/recovery'

export const metadata: Metadata = { title: 'Recovery', robots: { index: false } }

type Props = { params: Promise<{ token: string }> }

export default async function RecoverPage({ params }: Props) {
  const { token } = await params
  const link = await readRecoveryLink(token)
  if (!link) {
    return (
      <MessagePage
        title="This link cannot be used"
        actions={
          <ButtonLink href="/sign-in" look="primary">
            Sign in with Okta
          </ButtonLink>
        }
      >
        <p>A recovery link works once and for 15 minutes. This one was used, is too old, or was not copied whole.</p>
        <p>Whoever runs Rollcall can make a new one.</p>
      </MessagePage>
    )
  }
  return (
    <MessagePage
      title={`Open ${link.orgName} without Okta`}
      actions={
        <form method="post" action={`/recover/${token}/open`}>
          <Button type="submit" look="primary">
            Open a session for 30 minutes
          </Button>
        </form>
      }
    >
      <p>
        You will be signed in as <strong className="text-text">{link.userName}</strong>. The link is used up by this,
        and the event log of {link.orgName} will say so.
      </p>
    </MessagePage>
  )
}

import type { Metadata } from 'next'
import { MessagePage } from '@/components/shell/message-page'
import { Button } from '@/components/ui/button'
import { readSetupLink } from '@/lib/auth/setup-link'

export const metadata: Metadata = { title: 'Setup link', robots: { index: false } }

type Props = { params: Promise<{ token: string }> }

export default async function SetupLinkPage({ params }: Props) {
  const { token } = await params
  const link = await readSetupLink(token)
  if (!link) {
    return (
      <MessagePage title="This link cannot be used">
        <p>
          A setup link works once and for three days. This one was used, ended or is too old, or was not copied whole.
        </p>
        <p>Whoever sent it to you can make a new one, under Setup.</p>
      </MessagePage>
    )
  }
  return (
    <MessagePage
      title={`Set up ${link.orgName}`}
      actions={
        <form method="post" action={`/setup/${token}/open`}>
          <Button type="submit" look="primary">
            Begin
          </Button>
        </form>
      }
    >
      <p>
        You connect {link.orgName} to its identity provider: sign-in and provisioning. You need to administer it there;
        here you need no account, and you see nobody’s data.
      </p>
      <p>The link is used up by this and counts in this browser for four hours. The company’s event log will say so.</p>
    </MessagePage>
  )
}

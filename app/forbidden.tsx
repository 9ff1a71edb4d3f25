import type { Metadata } from 'next'
import { MessagePage } from '@/components/shell/message-page'
import { ButtonLink } from '@/components/ui/button'

export const metadata: Metadata = { title: 'Not for your role' }

export default function Forbidden() {
  return (
    <MessagePage title="Your role does not open this page" actions={<ButtonLink href="/">Go to the start</ButtonLink>}>
      <p>You are signed in, but this page, or this form, is for people with another role or came from another site.</p>
      <p>An admin of your company can change your role, here or through your group in Okta.</p>
    </MessagePage>
  )
}

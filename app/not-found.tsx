import type { Metadata } from 'next'
import { MessagePage } from '@/components/shell/message-page'
import { ButtonLink } from '@/components/ui/button'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <MessagePage title="There is nothing here" actions={<ButtonLink href="/">Go to the start</ButtonLink>}>
      <p>The address may be mistyped, or what it named is gone.</p>
    </MessagePage>
  )
}

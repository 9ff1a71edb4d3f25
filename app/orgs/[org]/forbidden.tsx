import { Message } from '@/components/shell/message-page'
import { OwnPageLink } from '@/components/shell/own-page-link'
import { WhoLine } from '@/components/shell/who'
import { ButtonLink } from '@/components/ui/button'

export default function Forbidden() {
  const actions = (
    <>
      <OwnPageLink />
      <ButtonLink href="/sign-in">Sign in to another organization</ButtonLink>
    </>
  )
  return (
    <Message title="Your role does not open this page" actions={actions}>
      <WhoLine />
      <p>This page needs a higher role. What is open to you is in the navigation.</p>
      <p>
        An admin of your company can change your role, here or in Okta. As soon as that happens, the page opens in this
        same session.
      </p>
    </Message>
  )
}

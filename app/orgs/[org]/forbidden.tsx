import { Message } from '@/components/shell/message-page'

export default function Forbidden() {
  return (
    <Message title="Your role does not open this page">
      <p>You are signed in, and your own pages are in the navigation. This one needs a higher role.</p>
      <p>
        An admin of your company can change your role, here or in Okta. As soon as that happens, the page opens in this
        same session.
      </p>
    </Message>
  )
}

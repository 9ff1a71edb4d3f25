import { Message } from '@/components/shell/message-page'
import { ButtonLink } from '@/components/ui/button'

/** Alike for what never was, what is gone and what is another company's. */
export default function NotFound() {
  return (
    <Message title="There is nothing here" actions={<ButtonLink href="/">Go to the start</ButtonLink>}>
      <p>This company has nothing with that address. It may be mistyped, or what it named was deleted.</p>
    </Message>
  )
}

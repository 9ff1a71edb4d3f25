import { Message } from '@/components/shell/message-page'
import { OwnPageLink } from '@/components/shell/own-page-link'
import { WhoLine } from '@/components/shell/who'

/** Alike for what never was, what is gone and what is another company's. */
export default function NotFound() {
  return (
    <Message title="There is nothing here" actions={<OwnPageLink />}>
      <WhoLine />
      <p>
        This company has nothing with that address. It may be mistyped, or what it named was deleted. If you came by a
        link, ask whoever sent it which company it belongs to.
      </p>
    </Message>
  )
}

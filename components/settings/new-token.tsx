import type { TokenPlace } from '@/components/setup/idp-words'
import { CopyButton } from '@/components/ui/copy-button'
import { Moment } from './moment'

type Props = { token: string; expiresAt: string; baseUrl: string; place: TokenPlace }

/** A token that was just made: the one time it can be read. */
export function NewToken({ token, expiresAt, baseUrl, place }: Props) {
  return (
    <section aria-label="New token" className="grid gap-3 border-b border-border bg-ok-soft px-4 py-4">
      <p className="font-medium" role="status">
        Copy the token now. It is shown this once and kept nowhere.
      </p>
      <dl className="grid gap-2 text-sm">
        <Line name={place.baseUrl} value={baseUrl} copy="Copy the base URL" />
        <Line name={place.token} value={token} copy="Copy the token" />
      </dl>
      <p className="text-xs">
        It ends on <Moment at={expiresAt} />. Paste both into {place.name}. {place.test} The request shows in the event
        log.
      </p>
    </section>
  )
}

function Line({ name, value, copy }: { name: string; value: string; copy: string }) {
  return (
    <div>
      <dt className="text-xs">{name}</dt>
      <dd className="flex items-center gap-1">
        <code className="min-w-0 rounded bg-surface px-2 py-1 font-mono text-xs break-all select-all">{value}</code>
        <CopyButton text={value} label={copy} />
      </dd>
    </div>
  )
}

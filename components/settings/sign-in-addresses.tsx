import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'

/** An address to register in Okta: Okta's own label, the address, what it is for. */
export type OktaAddress = { label: string; url: string; note: string }

/** The addresses Okta has to know, under the labels its forms have. */
export function SignInAddresses({ addresses }: { addresses: OktaAddress[] }) {
  return (
    <Card title="Copy into Okta" note="on the app’s General tab">
      <dl className="divide-y divide-border">
        {addresses.map(({ label, url, note }) => (
          <div key={url + label} className="grid gap-x-6 gap-y-1 px-4 py-2.5 md:grid-cols-[1fr_2fr]">
            <dt>
              <span className="font-medium">{label}</span>
              <span className="block text-xs text-muted">{note}</span>
            </dt>
            <dd className="flex min-w-0 items-center gap-1">
              <code className="min-w-0 rounded bg-raised px-2 py-1 font-mono text-xs break-all select-all">{url}</code>
              <CopyButton text={url} label={`Copy: ${label}, ${note}`} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

import { CopyButton } from '@/components/ui/copy-button'

export type Value = { label: string; value: string; note?: string }

/** Values to copy, each under the label the other side's form has. */
export function Values({ values }: { values: readonly Value[] }) {
  return (
    <dl className="divide-y divide-border border-t border-border">
      {values.map(({ label, value, note }) => (
        <div key={label + value} className="grid gap-x-6 gap-y-1 px-4 py-2.5 md:grid-cols-[1fr_2fr] md:items-center">
          <dt>
            <span className="font-medium">{label}</span>
            {note ? <span className="block text-xs text-muted">{note}</span> : null}
          </dt>
          <dd className="flex min-w-0 items-center gap-1">
            <code className="min-w-0 rounded bg-raised px-2 py-1 font-mono text-xs wrap-anywhere select-all">
              {value}
            </code>
            <CopyButton text={value} label={`Copy: ${label}${note ? `, ${note}` : ''}`} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

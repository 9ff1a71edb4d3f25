import type { ReactNode } from 'react'
import { CopyButton } from './copy-button'

/** A fact of a header, inside a dl. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted">{name}</dt>
      <dd className="flex min-h-8 items-center">{children}</dd>
    </div>
  )
}

/** An id, to be copied. */
export function IdFact({ name, value, none = 'none' }: { name: string; value: string | null; none?: string }) {
  return (
    <Fact name={name}>
      <code className="truncate font-mono" title={value ?? undefined}>
        {value ?? none}
      </code>
      {value ? <CopyButton text={value} label={`Copy ${name}`} /> : null}
    </Fact>
  )
}

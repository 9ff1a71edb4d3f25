import type { ReactNode } from 'react'

type Props = { title: ReactNode; lead?: ReactNode; children?: ReactNode }

/** The one h1 of a page, a line about it, and what can be done. */
export function PageHeader({ title, lead, children }: Props) {
  return (
    <header className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1>{title}</h1>
        {lead ? <p className="mt-0.5 max-w-prose text-muted">{lead}</p> : null}
      </div>
      {children ? <div className="flex flex-wrap items-center gap-2">{children}</div> : null}
    </header>
  )
}

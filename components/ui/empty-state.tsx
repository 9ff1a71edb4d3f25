import type { ReactNode } from 'react'

type Props = { title: string; children: ReactNode; action?: ReactNode }

/** An empty place teaches: what will be here, why it is not yet, the one next step. */
export function EmptyState({ title, children, action }: Props) {
  return (
    <div className="px-6 py-12 text-center">
      <p className="font-semibold">{title}</p>
      <p className="mx-auto mt-1 max-w-md text-muted">{children}</p>
      {action ? <div className="mt-4 flex justify-center gap-2">{action}</div> : null}
    </div>
  )
}

import clsx from 'clsx'
import { type ReactNode, useId } from 'react'

type Props = {
  title: ReactNode
  note?: ReactNode
  className?: string
  /** One of a list: an article, no landmark of its own. */
  listed?: boolean
  children: ReactNode
}

/** A titled region of a page. */
export function Card({ title, note, className, listed = false, children }: Props) {
  const id = useId()
  const Region = listed ? 'article' : 'section'
  return (
    <Region
      aria-labelledby={id}
      className={clsx('overflow-clip rounded-card border border-border bg-surface shadow-card', className)}
    >
      <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 border-b border-border px-4 py-2">
        <h2 id={id}>{title}</h2>
        {note ? <span className="text-xs text-muted">{note}</span> : null}
      </header>
      {children}
    </Region>
  )
}

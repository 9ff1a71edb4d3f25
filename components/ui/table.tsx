import clsx from 'clsx'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'

type Props = { caption: string; head: ReactNode; children: ReactNode; className?: string }

/** A table that says what it is about; its head stays in sight. `head` are `Th`, `children` are rows. */
export function Table({ caption, head, children, className }: Props) {
  return (
    <table className={clsx('w-full', className)}>
      <caption className="sr-only">{caption}</caption>
      <thead className="sticky top-0 z-10 bg-surface shadow-[inset_0_-1px_0_var(--border)] max-md:top-14 max-sm:sr-only">
        <tr>{head}</tr>
      </thead>
      <tbody className="divide-y divide-border">{children}</tbody>
    </table>
  )
}

type ThProps = {
  children: ReactNode
  className?: string
  /** The address that sorts by this column, and how it is sorted now. */
  sort?: { href: string; now?: 'ascending' | 'descending' | undefined }
}

/** Head of a column; one that sorts is a link. */
export function Th({ children, className, sort }: ThProps) {
  const Arrow = sort?.now === 'descending' ? ArrowDown : ArrowUp
  return (
    <th
      scope="col"
      aria-sort={sort?.now}
      className={clsx(
        'px-3 py-2 text-left text-xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4',
        className,
      )}
    >
      {sort ? (
        <Link
          href={sort.href}
          prefetch={false}
          className="inline-flex min-h-6 items-center gap-1 rounded hover:text-text"
        >
          {children}
          <Arrow size={12} aria-hidden="true" className={sort.now ? '' : 'opacity-0'} />
        </Link>
      ) : (
        children
      )}
    </th>
  )
}

/** A row whose link covers all of it. Other controls of the row need `relative`. */
export function Row({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={clsx('relative hover:bg-raised', className)} {...rest} />
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td className={clsx('px-3 py-2 first:pl-4 last:pr-4', className)} {...rest} />
}

/** The link of a row, stretched over it: the row opens from everywhere, and by keyboard, and in a new tab. */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
    >
      {children}
    </Link>
  )
}

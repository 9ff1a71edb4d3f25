import clsx from 'clsx'
import Link from 'next/link'

type Props = { label: string; value: string; href: string; note?: string; tone?: 'fail' | 'warn' }

/** A number that is a link to what it counts. */
export function Stat({ label, value, href, note, tone }: Props) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="grid content-start gap-0.5 rounded-card border border-border bg-surface px-4 py-3 shadow-card hover:bg-raised"
    >
      <span className="text-xs font-medium text-muted">{label}</span>
      <span
        className={clsx(
          'text-[26px] leading-8 font-semibold tracking-tight',
          tone === 'fail' && 'text-fail',
          tone === 'warn' && 'text-warn',
        )}
      >
        {value}
      </span>
      {note ? <span className="text-xs text-muted">{note}</span> : null}
    </Link>
  )
}

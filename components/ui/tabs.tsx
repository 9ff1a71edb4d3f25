import clsx from 'clsx'
import Link from 'next/link'

/** `count` as a text is shown as it stands: "10,000+". */
export type Tab = { href: string; label: string; current: boolean; count?: number | string }

/** Tabs are links: each has an address and works without a script. Where they have no room they scroll sideways. */
export function Tabs({ tabs, label }: { tabs: Tab[]; label: string }) {
  return (
    <nav
      aria-label={label}
      className="flex max-w-full overflow-x-auto rounded-lg border border-border bg-surface p-0.5 [scrollbar-width:none]"
    >
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          prefetch={false}
          aria-current={tab.current ? 'page' : undefined}
          className={clsx(
            'inline-flex min-h-7 shrink-0 items-center gap-1.5 rounded-md px-2.5 text-sm font-medium whitespace-nowrap focus-visible:-outline-offset-2 max-sm:min-h-10 max-sm:px-1.5',
            tab.current ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-raised hover:text-text',
          )}
        >
          {tab.label}
          {tab.count === undefined ? null : (
            <span className="font-mono text-xs">{tab.count.toLocaleString('en-US')}</span>
          )}
        </Link>
      ))}
    </nav>
  )
}

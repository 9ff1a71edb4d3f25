import clsx from 'clsx'

export type Look = 'primary' | 'plain' | 'quiet' | 'danger'

const base =
  'inline-flex min-h-8 items-center justify-center gap-1.5 rounded-md px-3 text-sm font-medium whitespace-nowrap transition-colors disabled:opacity-60 max-sm:min-h-11'

const looks: Record<Look, string> = {
  primary: 'bg-accent text-accent-text hover:opacity-90',
  plain: 'border border-control bg-surface hover:bg-raised',
  quiet: 'text-muted hover:bg-raised hover:text-text',
  danger: 'border border-fail bg-surface text-fail hover:bg-fail-soft',
}

/** How a button looks, for links, summaries and whatever else acts as one. */
export const buttonClass = (look: Look = 'plain', className?: string) => clsx(base, looks[look], className)

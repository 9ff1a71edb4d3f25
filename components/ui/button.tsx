import clsx from 'clsx'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'

type Look = 'primary' | 'plain' | 'quiet'

const base =
  'inline-flex min-h-8 items-center justify-center gap-1.5 rounded-md px-3 text-sm font-medium whitespace-nowrap transition-colors disabled:opacity-60 max-sm:min-h-11'

const looks: Record<Look, string> = {
  primary: 'bg-accent text-accent-text hover:opacity-90',
  plain: 'border border-control bg-surface hover:bg-raised',
  quiet: 'text-muted hover:bg-raised hover:text-text',
}

const buttonClass = (look: Look = 'plain', className?: string) => clsx(base, looks[look], className)

export function Button({
  look = 'plain',
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & { look?: Look }) {
  return <button type={type} className={buttonClass(look, className)} {...rest} />
}

type LinkProps = { href: string; look?: Look; className?: string; 'aria-label'?: string; children: ReactNode }

/** A link that looks like a button; addresses outside the app are plain anchors. */
export function ButtonLink({ look = 'plain', className, href, ...rest }: LinkProps) {
  const classes = buttonClass(look, className)
  if (/^https?:/.test(href)) return <a href={href} className={classes} {...rest} />
  return <Link href={href} className={classes} prefetch={false} {...rest} />
}

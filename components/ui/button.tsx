import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { buttonClass, type Look } from './button-class'

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

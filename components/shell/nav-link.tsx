'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

type Props = { href: string; exact?: boolean; children: ReactNode }

/** A link of the navigation that knows when it is the current page, or above it. */
export function NavLink({ href, exact = false, children }: Props) {
  const pathname = usePathname()
  const here = pathname === href
  const below = !exact && pathname.startsWith(`${href}/`)
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={here ? 'page' : below ? 'true' : undefined}
      className={clsx(
        'flex min-h-8 items-center gap-2.5 rounded-md px-2.5 font-medium max-md:min-h-11',
        here || below ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-raised hover:text-text',
      )}
    >
      {children}
    </Link>
  )
}

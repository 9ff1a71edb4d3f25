'use client'

import clsx from 'clsx'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

/** The demo's own pages. */
const PAGES = ['/demo', '/demo/lens', '/lab']

/** A link of the demo's bar. Companies and the console open beside the demo, which stays where it is. */
export function DemoLink({ href, children }: { href: string; children: ReactNode }) {
  const here = usePathname() === href
  const inside = PAGES.includes(href)
  return (
    <a
      href={href}
      aria-current={here ? 'page' : undefined}
      {...(inside ? {} : { target: '_blank', rel: 'noopener' })}
      className={clsx(
        'inline-flex min-h-8 items-center rounded-md px-2.5 font-medium max-sm:min-h-11',
        here ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-raised hover:text-text',
      )}
    >
      {children}
      {inside ? null : <span className="sr-only">, in a new tab</span>}
    </a>
  )
}

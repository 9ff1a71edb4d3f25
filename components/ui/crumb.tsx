import ChevronLeft from 'lucide-react/icons/chevron-left'
import Link from 'next/link'
import type { ReactNode } from 'react'

/** The way back up from a page below a list. */
export function Crumb({ href, children }: { href: string; children: ReactNode }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-2 -ml-1">
      <Link
        href={href}
        prefetch={false}
        className="inline-flex min-h-6 items-center gap-0.5 rounded text-sm text-muted hover:text-text max-sm:min-h-11"
      >
        <ChevronLeft size={15} aria-hidden="true" />
        {children}
      </Link>
    </nav>
  )
}

'use client'

import Menu from 'lucide-react/icons/menu'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

/** The navigation of a phone: a disclosure that closes when another page opens. */
export function PhoneMenu({ children }: { children: ReactNode }) {
  return (
    <details key={usePathname()} className="group">
      <summary className="inline-flex min-h-11 items-center gap-2 rounded-md px-3 font-medium hover:bg-raised">
        <Menu size={18} aria-hidden="true" />
        Menu
      </summary>
      <div className="absolute inset-x-0 top-full z-30 grid gap-5 border-b border-border bg-surface p-3 shadow-card">
        {children}
      </div>
    </details>
  )
}

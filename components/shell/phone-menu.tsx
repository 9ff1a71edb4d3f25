'use client'

import MenuIcon from 'lucide-react/icons/menu'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { Sheet } from '@/components/ui/sheet'

const look = 'inline-flex min-h-11 items-center gap-2 rounded-md px-3 font-medium hover:bg-raised'

/** The navigation of a phone: a sheet that closes when another page opens. */
export function PhoneMenu({ title, children }: { title: string; children: ReactNode }) {
  const trigger = (
    <>
      <MenuIcon size={18} aria-hidden="true" />
      Menu
    </>
  )
  return (
    <Sheet key={usePathname()} trigger={trigger} triggerClass={look} title={title}>
      <div className="grid gap-6">{children}</div>
    </Sheet>
  )
}

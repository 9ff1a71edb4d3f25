import type { ReactNode } from 'react'
import { buttonClass, type Look } from '@/components/ui/button-class'

type Props = { href: string; look?: Look; children?: ReactNode }

/** Leads to Okta and back: a plain anchor, since the address is no page and must never be fetched ahead. */
export function ConfirmWithOkta({ href, look = 'primary', children = 'Confirm with Okta' }: Props) {
  return (
    <a href={href} className={buttonClass(look)}>
      {children}
    </a>
  )
}

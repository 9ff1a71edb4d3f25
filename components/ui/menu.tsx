'use client'

import clsx from 'clsx'
import ChevronDown from 'lucide-react/icons/chevron-down'
import Link from 'next/link'
import { type MouseEvent, type ReactNode, useId, useRef } from 'react'
import { buttonClass, type Look } from './button-class'
import { menuItem } from './menu-item'
import { placeBeside } from './place'

type Props = {
  trigger: ReactNode
  /** What the button is called when its content does not say so. */
  label?: string
  look?: Look
  className?: string
  /** Which edge of the button the panel is held to. */
  align?: 'start' | 'end'
  children: ReactNode
}

/**
 * A button and a panel of links and buttons. The browser's own popover: above everything, closed by Esc and by a click
 * elsewhere, and it opens before any script has loaded.
 */
export function Menu({ trigger, label, look = 'plain', className, align = 'start', children }: Props) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const place = () => {
    if (button.current && panel.current) placeBeside(panel.current, button.current, align)
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-label={label}
        className={className ?? buttonClass(look)}
      >
        {trigger}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        onToggle={(event) => event.newState === 'open' && place()}
        className={clsx('menu', align === 'end' && 'menu-end')}
      >
        {children}
      </div>
    </>
  )
}

/** What stands on a button that opens a menu. */
export function MenuWord({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <ChevronDown size={14} aria-hidden="true" className="text-muted" />
    </>
  )
}

const closeMenu = (event: MouseEvent<HTMLElement>) => {
  const panel = event.currentTarget.closest('[popover]')
  if (panel instanceof HTMLElement) panel.hidePopover()
}

export function MenuLink({
  href,
  current = false,
  download = false,
  children,
}: {
  href: string
  current?: boolean
  /** A file, not a page. */
  download?: boolean
  children: ReactNode
}) {
  if (download) {
    return (
      <a href={href} download onClick={closeMenu} className={menuItem}>
        {children}
      </a>
    )
  }
  return (
    <Link
      href={href}
      prefetch={false}
      onClick={closeMenu}
      aria-current={current ? 'page' : undefined}
      className={menuItem}
    >
      {children}
    </Link>
  )
}

/** A button of a menu; inside a form it sends it. */
export function MenuButton({ children, onClick }: { children: ReactNode; onClick?: () => void }) {
  return (
    <button type={onClick ? 'button' : 'submit'} onClick={onClick} className={menuItem}>
      {children}
    </button>
  )
}

'use client'

import { type ReactNode, useId, useRef } from 'react'
import { placeBeside } from './place'

/** A word of help at something, on hover and on focus; Esc takes it away. The text is there for screen readers too. */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactNode }) {
  const id = useId()
  const anchor = useRef<HTMLButtonElement>(null)
  const tip = useRef<HTMLSpanElement>(null)
  const show = () => {
    if (!tip.current || !anchor.current || tip.current.matches(':popover-open')) return
    tip.current.showPopover({ source: anchor.current })
    placeBeside(tip.current, anchor.current, 'center')
  }
  const hide = () => tip.current?.hidePopover()
  return (
    <span className="relative inline-flex" onPointerEnter={show} onPointerLeave={hide}>
      <button
        ref={anchor}
        type="button"
        aria-describedby={id}
        onFocus={show}
        onBlur={hide}
        onKeyDown={(event) => event.key === 'Escape' && hide()}
        className="inline-flex min-h-6 min-w-6 cursor-help items-center rounded underline decoration-dotted underline-offset-4"
      >
        {children}
      </button>
      <span ref={tip} id={id} role="tooltip" popover="manual" className="tooltip">
        {text}
      </span>
    </span>
  )
}

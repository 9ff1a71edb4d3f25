'use client'

import clsx from 'clsx'
import X from 'lucide-react/icons/x'
import { type ReactNode, useId, useRef } from 'react'
import { buttonClass, type Look } from './button-class'

type Props = {
  /** What stands on the button that opens it. */
  trigger: ReactNode
  look?: Look
  triggerClass?: string
  triggerLabel?: string
  title: ReactNode
  /** A sheet stands at the side, full screen on a phone; a dialog in the middle. */
  as?: 'dialog' | 'sheet'
  children: ReactNode
}

/**
 * A button and its dialog. Without scripts the same markup is a disclosure: the dialog stands open in place. With them
 * it is modal: the rest is inert, Esc closes, focus returns to the button. A `form method="dialog"` inside closes it.
 */
export function Dialog({ trigger, look = 'plain', triggerClass, triggerLabel, title, as = 'dialog', children }: Props) {
  const id = useId()
  const details = useRef<HTMLDetailsElement>(null)
  const dialog = useRef<HTMLDialogElement>(null)

  const onToggle = () => {
    if (!details.current?.open || !dialog.current || dialog.current.matches(':modal')) return
    dialog.current.close()
    dialog.current.showModal()
  }
  const onClose = () => {
    if (details.current && dialog.current && !dialog.current.open) details.current.open = false
  }
  const close = () => {
    if (dialog.current?.open) dialog.current.close()
    onClose()
  }
  return (
    <details ref={details} onToggle={onToggle} className="inline-block">
      <summary className={triggerClass ?? buttonClass(look)} aria-label={triggerLabel}>
        {trigger}
      </summary>
      <dialog
        ref={dialog}
        open
        aria-labelledby={id}
        onClose={onClose}
        onPointerDown={(event) => event.target === dialog.current && close()}
        className={clsx(as === 'sheet' ? 'sheet' : 'dialog')}
      >
        <div className="grid gap-4 p-5">
          <header className="flex items-start justify-between gap-4">
            <h2 id={id} className="text-lg">
              {title}
            </h2>
            <button type="button" onClick={close} aria-label="Close" className={buttonClass('quiet', '-my-1 px-1.5')}>
              <X size={16} aria-hidden="true" />
            </button>
          </header>
          {children}
        </div>
      </dialog>
    </details>
  )
}

'use client'

import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useState } from 'react'
import { Button } from './button'

type Props = { text: string; label: string; show?: boolean }

/** Copies `text`, or the page's own address when `text` is a path. Says so to everyone. */
export function CopyButton({ text, label, show = false }: Props) {
  const [done, setDone] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text.startsWith('/') ? new URL(text, location.href).href : text)
      setDone(true)
      setTimeout(() => setDone(false), 2000)
    } catch {
      // The browser refused (no secure origin, no permission): the text is on the page to be selected.
      setDone(false)
    }
  }
  const Icon = done ? Check : Copy
  return (
    <Button look="quiet" onClick={copy} aria-label={show ? undefined : label} className={show ? '' : 'px-1.5'}>
      <Icon size={14} aria-hidden="true" />
      {show ? label : null}
      <span role="status" className={done ? 'text-xs text-ok' : 'sr-only'}>
        {done ? 'Copied' : ''}
      </span>
    </Button>
  )
}

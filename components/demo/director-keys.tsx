'use client'

import { useKeys } from '@/components/shell/use-keys'

/** The keys of a clicker and of a keyboard. Each presses what stands on the page. */
const KEYS: Record<string, string> = {
  ArrowRight: 'next',
  PageDown: 'next',
  ArrowLeft: 'back',
  PageUp: 'back',
  b: 'big',
  n: 'notes',
}

export function DirectorKeys() {
  useKeys((key) => {
    const name = KEYS[key]
    const found = name ? document.querySelector<HTMLElement>(`[data-key="${name}"]`) : null
    if (!found) return false
    if (found instanceof HTMLDetailsElement) found.open = !found.open
    else found.click()
    return true
  })
  return (
    <p className="mt-3 text-xs text-muted max-sm:hidden">
      <kbd className="kbd">→</kbd> or Page Down next · <kbd className="kbd">←</kbd> or Page Up back ·{' '}
      <kbd className="kbd">B</kbd> big type · <kbd className="kbd">N</kbd> notes
    </p>
  )
}

'use client'

import clsx from 'clsx'
import Search from 'lucide-react/icons/search'
import { OPEN_HELP, OPEN_PALETTE } from './command-events'

/** Opens the palette; without scripts there is none, so it is not shown. */
export function PaletteButton({ small = false }: { small?: boolean }) {
  return (
    <button
      type="button"
      aria-label={small ? 'Search and commands' : undefined}
      onClick={() => dispatchEvent(new Event(OPEN_PALETTE))}
      className={clsx(
        'needs-script items-center gap-2.5 rounded-md text-muted hover:bg-raised hover:text-text',
        small ? 'grid size-11 place-items-center' : 'flex min-h-8 border border-border bg-canvas px-2.5',
      )}
    >
      <Search size={small ? 18 : 14} aria-hidden="true" />
      {small ? null : (
        <>
          <span className="flex-1 text-left text-sm">Search</span>
          <span className="kbd" aria-hidden="true">
            ⌘K
          </span>
        </>
      )}
    </button>
  )
}

/** Shows the map of keys. */
export function HelpButton({ className }: { className?: string }) {
  return (
    <button
      type="button"
      onClick={() => dispatchEvent(new Event(OPEN_HELP))}
      className={clsx('needs-script', className)}
    >
      <span className="flex-1">Keyboard shortcuts</span>
      <span className="kbd" aria-hidden="true">
        ?
      </span>
    </button>
  )
}

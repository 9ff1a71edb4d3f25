'use client'

import { type RefObject, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { keysAreOn, turnKeys } from './keys'
import type { PageSection } from './pages'

type Props = { ref: RefObject<HTMLDialogElement | null>; sections: PageSection[] }

const always: [keys: string, what: string][] = [
  ['⌘ K', 'Search and commands, also Ctrl K'],
  ['?', 'This map'],
  ['/', 'To the search field'],
  ['Esc', 'Close'],
]
const lists: typeof always = [
  ['J', 'Next row'],
  ['K', 'Row before'],
  ['Enter', 'Open the row'],
  ['Space', 'Pause live events, or go on'],
  ['C', 'Copy the link, with the event that is open'],
]

/** The map of keys, and the switch for those who do not want them. */
export function ShortcutHelp({ ref, sections }: Props) {
  const id = useId()
  const [on, setOn] = useState(true)
  const pages = sections.flatMap((section) => section.pages)
  const isAdmin = sections.length > 1
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      className="dialog"
      onToggle={() => setOn(keysAreOn())}
      onPointerDown={(press) => press.target === ref.current && ref.current.close()}
    >
      <form method="dialog" className="grid gap-4 p-5">
        <h2 id={id} className="text-lg">
          Keyboard shortcuts
        </h2>
        <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
          <div className="grid content-start gap-4">
            <Keys title="Everywhere" keys={always} />
            {isAdmin ? <Keys title="In the event log" keys={lists} /> : null}
          </div>
          <Keys title="Go to" keys={pages.map(({ go, name }) => [`G ${go.toUpperCase()}`, name])} />
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3 border-t border-border pt-4">
          <label className="inline-flex items-center gap-2">
            <input
              type="checkbox"
              className="size-4"
              checked={on}
              onChange={(change) => {
                turnKeys(change.target.checked)
                setOn(change.target.checked)
              }}
            />
            Single-key shortcuts
          </label>
          <Button type="submit">Close</Button>
        </div>
      </form>
    </dialog>
  )
}

function Keys({ title, keys }: { title: string; keys: [keys: string, what: string][] }) {
  return (
    <section>
      <h3 className="mb-1.5 text-xs font-medium text-muted">{title}</h3>
      <dl className="grid grid-cols-[4.5rem_1fr] gap-y-1">
        {keys.map(([combination, what]) => (
          <div key={what} className="contents">
            <dt>
              <Kbd keys={combination} />
            </dt>
            <dd className="text-sm">{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

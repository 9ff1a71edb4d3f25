import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import type { ReactNode } from 'react'

type Props = { lead: ReactNode; name: string; title: string; note: string; label: string }

/** The look of a menu's trigger in the sidebar: a mark, a name, what it is, and for screen readers what it opens. */
export function MenuFace({ lead, name, title, note, label }: Props) {
  return (
    <>
      {lead}
      <span className="min-w-0 flex-1 text-left leading-tight">
        <span className="block truncate font-medium" title={title}>
          {name}
        </span>
        <span className="block text-xs text-muted">{note}</span>
      </span>
      <ChevronsUpDown size={14} aria-hidden="true" className="text-muted" />
      <span className="sr-only">{label}</span>
    </>
  )
}

export const menuFace = 'flex w-full min-w-0 items-center gap-2.5 rounded-md p-1 pr-2 hover:bg-raised max-md:min-h-11'

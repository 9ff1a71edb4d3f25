'use client'

import { Autocomplete } from '@base-ui/react/autocomplete'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { Kbd } from '@/components/ui/kbd'
import { eventIn, type Item, type ItemGroup, matchItems } from './palette-items'
import { useFound } from './use-found'

type Props = {
  org: string
  /** Only admins may look people, groups and events up. */
  admin: boolean
  groups: ItemGroup[]
  onClose: () => void
}

/** Pages, people, groups, events and actions by a few letters. Loaded the first time it is asked for. */
export function Palette({ org, admin, groups, onClose }: Props) {
  const router = useRouter()
  const dialog = useRef<HTMLDialogElement>(null)
  const [query, setQuery] = useState('')
  const { found, searching } = useFound(org, admin ? query : '')
  const event = admin ? eventIn(query) : null

  useEffect(() => dialog.current?.showModal(), [])

  const shown: ItemGroup[] = [
    ...(event ? [{ value: 'Event', items: [eventItem(org, event)] }] : []),
    ...found,
    ...matchItems(groups, query),
  ]
  const choose = ({ href, run }: Item) => {
    dialog.current?.close()
    if (href) router.push(href)
    else run?.()
  }
  return (
    <dialog
      ref={dialog}
      aria-label="Search and commands"
      onClose={onClose}
      onPointerDown={(press) => press.target === dialog.current && dialog.current.close()}
      className="dialog palette"
    >
      <Autocomplete.Root
        open
        inline
        items={shown}
        filter={null}
        mode="none"
        autoHighlight="always"
        keepHighlight
        value={query}
        onValueChange={setQuery}
        itemToStringValue={(item: Item) => item.label}
      >
        <Autocomplete.Input
          autoFocus
          aria-label="Search pages, people, groups, events and actions"
          placeholder={admin ? 'Page, person, group, evt_…, action' : 'Page or action'}
          className="h-12 w-full border-b border-border bg-transparent px-4 text-lg outline-none placeholder:text-muted"
        />
        <div className="max-h-[min(24rem,60dvh)] overflow-y-auto overscroll-contain p-1">
          <Autocomplete.Empty>
            <p className="px-3 py-6 text-center text-muted empty:hidden">
              {shown.length > 0 ? null : searching ? 'Looking…' : `Nothing is called “${query}” here.`}
            </p>
          </Autocomplete.Empty>
          <Autocomplete.List>
            {(group: ItemGroup) => <Group key={group.value} group={group} choose={choose} />}
          </Autocomplete.List>
        </div>
        <p className="flex flex-wrap gap-x-4 border-t border-border px-4 py-2 text-xs text-muted max-sm:hidden">
          <span>
            <kbd className="kbd">↑</kbd> <kbd className="kbd">↓</kbd> move
          </span>
          <span>
            <kbd className="kbd">Enter</kbd> choose
          </span>
          <span>
            <kbd className="kbd">Esc</kbd> close
          </span>
        </p>
      </Autocomplete.Root>
    </dialog>
  )
}

function Group({ group, choose }: { group: ItemGroup; choose: (item: Item) => void }) {
  return (
    <Autocomplete.Group items={group.items}>
      <Autocomplete.GroupLabel className="px-3 pt-2 pb-1 text-xs font-medium text-muted">
        {group.value}
      </Autocomplete.GroupLabel>
      <Autocomplete.Collection>
        {(item: Item) => (
          <Autocomplete.Item
            key={item.id}
            value={item}
            onClick={() => choose(item)}
            className="flex min-h-9 cursor-pointer scroll-my-2 items-center gap-3 rounded-md px-3 data-highlighted:bg-accent-soft data-highlighted:text-accent max-sm:min-h-11"
          >
            <span className="min-w-0 flex-1 truncate">
              {item.label}
              {item.note ? <span className="ml-2 text-xs text-muted">{item.note}</span> : null}
            </span>
            {item.keys ? <Kbd keys={item.keys} /> : null}
          </Autocomplete.Item>
        )}
      </Autocomplete.Collection>
    </Autocomplete.Group>
  )
}

const eventItem = (org: string, ref: string): Item => ({
  id: ref,
  label: `Open event ${ref}`,
  href: `/orgs/${org}/admin/events/${ref}`,
})

'use client'

import { type MouseEvent, useState } from 'react'
import { counted } from '@/components/ui/format'
import { Menu, MenuWord } from '@/components/ui/menu'

type Props = { org: string; query: string; total: { n: number; more: boolean } }

const FORMATS = ['csv', 'ndjson'] as const

/**
 * The filtered events as a file: plain links, which the browser writes to disk as they arrive and shows the progress of;
 * nothing of a large log is held in the page. How many events to expect is said here. A file that breaks off is a failed
 * download, never a short one.
 */
export function ExportMenu({ org, query, total }: Props) {
  const [saving, setSaving] = useState<(typeof FORMATS)[number] | null>(null)
  const events = total.more ? `more than ${counted(total.n, 'event')}` : counted(total.n, 'event')
  const start = (click: MouseEvent<HTMLAnchorElement>, format: (typeof FORMATS)[number]) => {
    const panel = click.currentTarget.closest('[popover]')
    if (panel instanceof HTMLElement) panel.hidePopover()
    setSaving(format)
  }
  return (
    <>
      <p role="status" className={saving ? 'text-sm text-muted' : 'sr-only'}>
        {saving ? `Saving ${events} as ${saving.toUpperCase()}. Your browser’s downloads show how far it is.` : ''}
      </p>
      <Menu trigger={<MenuWord>Export</MenuWord>} align="end">
        <p className="px-2.5 py-1 text-xs text-muted">{events}, newest first</p>
        {FORMATS.map((format) => (
          <a
            key={format}
            href={`/api/orgs/${encodeURIComponent(org)}/events/export.${format}${query}`}
            download
            onClick={(click) => start(click, format)}
            className="flex min-h-8 items-center rounded-md px-2.5 text-sm hover:bg-raised max-sm:min-h-11"
          >
            Export as {format.toUpperCase()}
          </a>
        ))}
      </Menu>
    </>
  )
}

'use client'

import { type MouseEvent, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { counted } from '@/components/ui/format'
import { Menu } from '@/components/ui/menu'

type Props = { org: string; query: string; total: { n: number; more: boolean } }
type State = { kind: 'idle' } | { kind: 'running' | 'done' | 'stopped'; rows: number }

const FORMATS = ['csv', 'ndjson'] as const
const NEWLINE = 10
const QUOTE = 34

/** The filtered events as a file. Plain links; with scripts the page counts along and says when all is there. */
export function ExportMenu({ org, query, total }: Props) {
  const [state, setState] = useState<State>({ kind: 'idle' })
  const aborter = useRef<AbortController>(undefined)
  const base = `/api/orgs/${encodeURIComponent(org)}/events/export`

  const run = async (click: MouseEvent<HTMLAnchorElement>, format: (typeof FORMATS)[number]) => {
    click.preventDefault()
    const panel = click.currentTarget.closest('[popover]')
    if (panel instanceof HTMLElement) panel.hidePopover()
    aborter.current?.abort()
    const mine = new AbortController()
    aborter.current = mine
    // A heading is a line of a CSV, not an event.
    let rows = format === 'csv' ? -1 : 0
    const shown = () => Math.max(rows, 0)
    setState({ kind: 'running', rows: 0 })
    try {
      const response = await fetch(`${base}.${format}${query}`, { signal: mine.signal })
      if (!response.ok || !response.body) throw new Error(String(response.status))
      const parts: BlobPart[] = []
      const count = lineCounter()
      const reader = response.body.getReader()
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        parts.push(next.value)
        rows += count(next.value)
        setState({ kind: 'running', rows: shown() })
      }
      save(new Blob(parts), `${org}-events.${format}`)
      setState({ kind: 'done', rows: shown() })
    } catch {
      setState({ kind: 'stopped', rows: shown() })
    }
  }
  return (
    <>
      <p role="status" className="text-sm text-muted">
        {text(state, total)}
      </p>
      {state.kind === 'running' ? (
        <Button look="quiet" onClick={() => aborter.current?.abort()}>
          Stop
        </Button>
      ) : null}
      <Menu trigger="Export" align="end">
        {FORMATS.map((format) => (
          <a
            key={format}
            href={`${base}.${format}${query}`}
            download
            onClick={(click) => void run(click, format)}
            className="flex min-h-8 items-center rounded-md px-2.5 text-sm hover:bg-raised max-sm:min-h-11"
          >
            Export as {format.toUpperCase()}
          </a>
        ))}
      </Menu>
    </>
  )
}

function text(state: State, total: Props['total']): string {
  if (state.kind === 'idle') return ''
  const rows = counted(state.rows, 'event')
  if (state.kind === 'running') return total.more ? `${rows} so far…` : `${rows} of ${total.n.toLocaleString('en-US')}…`
  return state.kind === 'done' ? `${rows} exported.` : `Stopped after ${rows}; nothing was saved.`
}

/** Counts records: a line break inside a quoted cell ends none. JSON escapes its own. */
function lineCounter() {
  let quoted = false
  return (bytes: Uint8Array) => {
    let n = 0
    for (const byte of bytes) {
      if (byte === QUOTE) quoted = !quoted
      else if (byte === NEWLINE && !quoted) n += 1
    }
    return n
  }
}

function save(file: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

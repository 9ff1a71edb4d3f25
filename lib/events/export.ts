import 'server-only'
import { stringify } from 'csv-stringify/sync'
import { log } from '@/lib/log'
import type { LogFilter } from './log-filter'
import { listLog } from './query'
import type { Window } from './select'
import { sentenceText } from './sentence'
import type { EventView } from './view'

const BATCH = 200
const RECHECK_MS = 5000

export type ExportFormat = 'csv' | 'ndjson'
type Options = {
  orgId: string
  filter: LogFilter
  window: Window
  format: ExportFormat
  /** False as soon as whoever asked may no longer read. */
  mayRead: () => Promise<boolean>
}

/**
 * The events of a search as text, newest first, a page at a time: no transaction stays open while the reader reads. Ends
 * in an error, not early, when the reader's session does, so that half a file is never taken for a whole one.
 */
export function exportEvents(options: Options): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const pages = textOf(options)
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await pages.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      } catch (err) {
        log().warn({ err }, 'an export of events stopped')
        controller.error(err)
      }
    },
    cancel: () => void pages.return(),
  })
}

async function* textOf({ orgId, filter, window, format, mayRead }: Options): AsyncGenerator<string, void> {
  if (format === 'csv') yield stringify([COLUMNS.map(([name]) => name)])
  let checked = Date.now()
  for (let before = window.before; ; ) {
    if (Date.now() - checked >= RECHECK_MS) {
      if (!(await mayRead())) throw new Error('The session of the export has ended')
      checked = Date.now()
    }
    const { events, next } = await listLog(orgId, filter, { ...window, before }, BATCH)
    if (events.length > 0) yield format === 'csv' ? csvOf(events) : events.map((e) => `${JSON.stringify(e)}\n`).join('')
    if (!next) return
    before = next
  }
}

const COLUMNS: [name: string, value: (event: EventView) => string | number | null][] = [
  ['id', (e) => e.ref],
  ['at', (e) => e.at],
  ['type', (e) => e.type],
  ['status', (e) => e.outcome],
  ['sentence', (e) => sentenceText(e)],
  ['actor', (e) => e.actorName],
  ['actor_id', (e) => e.actorId],
  ['target', (e) => e.targetName],
  ['target_id', (e) => e.targetId],
  ['method', (e) => e.method],
  ['path', (e) => e.path],
  ['code', (e) => e.status],
  ['error', (e) => e.error?.detail ?? null],
  ['ip', (e) => e.ip],
  ['count', (e) => e.count],
]

/** Rows of a spreadsheet in which no cell is taken for a formula. */
export const csvOf = (events: EventView[]): string =>
  stringify(
    events.map((event) => COLUMNS.map(([, value]) => value(event))),
    { escape_formulas: true },
  )

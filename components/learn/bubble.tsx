import clsx from 'clsx'
import Check from 'lucide-react/icons/check'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { Json } from '@/components/ui/json'
import type { Seen } from '@/lib/lens/claims'
import type { LogRow, OktaLine, Played, Visit } from '@/lib/lens/year-run'

type Props = {
  what: string
  played: Played
  seen: readonly Seen[]
  rowHref?: ((ref: string) => string | null) | undefined
}

/** The real events behind one moment: what both logs have, what the browser got, and what that shows. */
export function Bubble({ what, played, seen, rowHref }: Props) {
  const { at, okta, visits, rows } = played
  const failed = seen.filter(({ holds }) => !holds).length
  return (
    <details className="no-print mt-1">
      <summary className="inline-flex min-h-8 items-center gap-2 rounded-md px-2 text-sm font-medium text-accent hover:bg-raised max-lg:min-h-11">
        What really happened
        <span className="sr-only"> when: {what}</span>
        {failed > 0 ? <Badge tone="fail">{failed} not seen</Badge> : null}
      </summary>
      <div className="mt-1 grid gap-3 rounded-md border border-border bg-canvas p-3 text-sm">
        <ul className="flex flex-wrap gap-x-5 gap-y-1">
          {seen.map(({ says, holds }) => (
            <li key={says} className="flex items-center gap-1.5">
              <Mark holds={holds} />
              {says}
            </li>
          ))}
        </ul>
        <Part title="Okta’s System Log" empty="Okta wrote down nothing.">
          {okta.map((line) => (
            <OktaEntry what={what} key={`${line.at} ${line.name} ${line.request?.url ?? line.text}`} line={line} />
          ))}
        </Part>
        {visits.length > 0 ? (
          <Part title="His browser">
            {visits.map((visit) => (
              <VisitEntry what={what} key={visit.asked} visit={visit} />
            ))}
          </Part>
        ) : null}
        <Part title="Rollcall’s event log" empty="Not one row: Rollcall heard nothing.">
          {rows.map((row) => (
            <RowEntry key={row.ref} row={row} href={rowHref?.(row.ref) ?? null} />
          ))}
        </Part>
        <p className="text-xs text-muted">
          Began <time dateTime={at}>{inUtc(at)}</time>
        </p>
      </div>
    </details>
  )
}

/** A moment as logs write it. */
const inUtc = (at: string): string => at.replace('T', ' ').replace('Z', ' UTC')

function Mark({ holds }: { holds: boolean }) {
  const Icon = holds ? Check : X
  return (
    <>
      <Icon
        size={14}
        strokeWidth={3}
        aria-hidden="true"
        className={clsx('shrink-0', holds ? 'text-ok' : 'text-fail')}
      />
      <span className="sr-only">{holds ? 'Seen: ' : 'Not seen: '}</span>
    </>
  )
}

function Part({ title, empty, children }: { title: string; empty?: string; children: ReactNode[] }) {
  return (
    <div className="grid gap-1">
      <p className="text-xs font-semibold text-muted">{title}</p>
      {children.length > 0 ? <ul className="grid gap-1.5">{children}</ul> : <p>{empty}</p>}
    </div>
  )
}

function OktaEntry({ what, line: { at, name, text, request } }: { what: string; line: OktaLine }) {
  return (
    <li className="min-w-0">
      <p className="break-words">
        <span className="font-mono text-xs">{name}</span> <span className="text-muted">{request ? '' : text}</span>
      </p>
      {request ? (
        <details>
          <summary className="min-h-6 font-mono text-xs break-all">
            {request.method} {request.url} → {request.status}
          </summary>
          <div className="mt-1 grid gap-1">
            {request.sent === null ? null : <Json value={request.sent} label={`${what} ${name} at ${at}, sent`} />}
            {request.answer === null ? null : (
              <Json value={request.answer} label={`${what} ${name} at ${at}, answer`} />
            )}
          </div>
        </details>
      ) : null}
    </li>
  )
}

function VisitEntry({ what, visit: { asked, status, ended, answer } }: { what: string; visit: Visit }) {
  return (
    <li className="min-w-0">
      <p className="font-mono text-xs break-all">
        {asked} → {status}
        {ended === asked ? '' : `, at ${ended}`}
      </p>
      {answer === null ? null : <Json value={answer} label={`${what} ${asked}, answer`} />}
    </li>
  )
}

function RowEntry({ row, href }: { row: LogRow; href: string | null }) {
  return (
    <li className="min-w-0">
      <p className="break-words">
        {row.text} <span className="font-mono text-xs text-muted">{row.type}</span>{' '}
        {href ? (
          <a href={href} target="_blank" rel="noopener" className="text-accent underline underline-offset-2">
            its row<span className="sr-only"> of {row.type}, in a new tab</span>
          </a>
        ) : null}
      </p>
      {row.detail ? <p className="text-muted">{row.detail}</p> : null}
      {row.trace.length > 0 ? (
        <ol className="mt-0.5 list-inside list-decimal text-xs text-muted">
          {row.trace.map(({ step, text }) => (
            <li key={`${step} ${text}`}>{text}</li>
          ))}
        </ol>
      ) : null}
    </li>
  )
}

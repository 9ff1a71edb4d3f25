import { fixOf } from '@/components/events/fix'
import { SentenceText } from '@/components/events/sentence-text'
import { Card } from '@/components/ui/card'
import { counted } from '@/components/ui/format'
import { RowLink } from '@/components/ui/table'
import type { Cause } from '@/lib/events/causes'

/** What failed in the last day, by cause, each with what to do; the line opens the events behind it. */
export function Causes({ org, causes }: { org: string; causes: Cause[] }) {
  return (
    <Card title="Needs attention" note="last 24 hours, by cause">
      {causes.length === 0 ? (
        <p className="px-4 py-6 text-center text-muted">Nothing failed and nothing was blocked in the last 24 hours.</p>
      ) : (
        <ul className="divide-y divide-border">
          {causes.map((cause) => (
            <CauseRow key={cause.key} org={org} cause={cause} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function CauseRow({ org, cause }: { org: string; cause: Cause }) {
  const { n, status, scimType, route, attribute, latest } = cause
  const fix = fixOf(latest)
  const facts = [status ? `${status}${scimType ? ` ${scimType}` : ''}` : scimType, attribute, route].filter(Boolean)
  return (
    <li className="relative px-4 py-2.5 hover:bg-raised">
      <p>
        <RowLink href={causeHref(org, cause)}>
          <SentenceText
            event={{ ...latest, targetName: latest.targetKind === 'token' ? latest.targetName : null, count: 1 }}
          />
        </RowLink>{' '}
        <span className="whitespace-nowrap text-fail">· {counted(n, 'time')}</span>
      </p>
      {facts.length > 0 ? <p className="font-mono text-xs text-muted">{facts.join(' · ')}</p> : null}
      {latest.error ? <p className="mt-1 text-sm text-muted">{latest.error.detail}</p> : null}
      {fix ? (
        <p className="mt-0.5 text-sm">
          <strong className="font-semibold">What to do: </strong>
          {fix}
        </p>
      ) : null}
    </li>
  )
}

/** The log with this cause's events of the last day. */
function causeHref(org: string, { status, latest }: Cause): string {
  const terms = [`type:${latest.type}`, `status:${latest.outcome}`, status ? `code:${status}` : ''].filter(Boolean)
  return `/orgs/${org}/admin/events?${new URLSearchParams({ q: terms.join(' '), range: '24h' })}`
}

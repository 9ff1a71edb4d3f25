import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { absoluteTime } from '@/components/ui/format'
import { Time } from '@/components/ui/time'
import type { EventView } from '@/lib/events/view'
import { effectTexts } from './effects'
import { fixOf } from './fix'
import { OutcomeWord } from './outcome'

const RFC = 'https://www.rfc-editor.org/rfc/rfc7644#section-3.12'

type Timing = { ms: number; count: number } | null
type Props = { event: EventView; timings: { total: Timing; told: Timing } }

/** How it ended, why, what to do, what followed, and the facts around it. */
export function EventSummary({ event, timings }: Props) {
  const fix = fixOf(event)
  const effects = effectTexts(event.effects, timings.told)
  return (
    <Card title="Summary" note={<OutcomeWord outcome={event.outcome} />}>
      {event.error ? (
        <div className="border-b border-border bg-fail-soft px-4 py-3">
          <p>{event.error.detail}</p>
          {fix ? (
            <p className="mt-1.5">
              <strong className="font-semibold">What to do: </strong>
              {fix}
            </p>
          ) : null}
          {event.path?.includes('/scim/v2/') ? (
            <a href={RFC} className="mt-1.5 inline-block text-accent underline" rel="noreferrer">
              What SCIM says of errors: RFC 7644 §3.12
            </a>
          ) : null}
        </div>
      ) : null}
      {effects.length > 0 ? (
        <ul className="border-b border-border px-4 py-3">
          {effects.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      ) : null}
      <dl className="grid gap-x-4 gap-y-2 px-4 py-3 sm:grid-cols-[9rem_1fr]">
        <Fact name="When">
          <Time at={event.at} /> <span className="text-muted">· {absoluteTime(new Date(event.at))}</span>
        </Fact>
        <Fact name="Who">
          {event.actorName}
          {event.actorKind === 'okta' && event.actorId ? (
            <span className="text-muted"> · token {event.actorId}</span>
          ) : null}
        </Fact>
        <Fact name="Type">
          <code className="font-mono text-xs">{event.type}</code>
        </Fact>
        {event.oktaEvent ? (
          <Fact name="In Okta’s System Log">
            <code className="font-mono text-xs">{event.oktaEvent}</code>
          </Fact>
        ) : null}
        {event.method ? <Fact name="Took">{timings.total ? `${timings.total.ms} ms` : 'not measured'}</Fact> : null}
        {event.ip ? <Fact name="From">{event.ip}</Fact> : null}
        {event.requestId ? (
          <Fact name="Request id">
            <code className="font-mono text-xs">{event.requestId}</code>
          </Fact>
        ) : null}
      </dl>
    </Card>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents max-sm:block">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  )
}

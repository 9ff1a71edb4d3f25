import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { Diff } from '@/components/ui/diff'
import { counted } from '@/components/ui/format'
import { Json } from '@/components/ui/json'
import { Time } from '@/components/ui/time'
import { curlOf } from '@/lib/events/curl'
import type { Inspection } from '@/lib/events/inspect'
import { printSearch, type Term } from '@/lib/events/search'
import type { EventView } from '@/lib/events/view'
import { EventPayloads } from './event-payloads'
import { EventSummary } from './event-summary'
import { OutcomeWord } from './outcome'
import { RequestLine } from './request-line'
import { SentenceText } from './sentence-text'
import { settingsPlace } from './settings-place'
import { Steps } from './steps'

const chip = 'inline-flex min-h-6 items-center rounded bg-accent-soft px-2 text-xs text-accent max-sm:min-h-11'

type Props = { org: string; event: EventView; inspection: Inspection | null; headed?: boolean }

/** Everything known of one event: why, how it was decided, what changed, what was sent, and what came around it. */
export function Inspector({ org, event, inspection, headed = true }: Props) {
  const curl = curlOf(event, inspection?.event.request, inspection?.origin ?? '')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {headed ? (
        <div>
          <p className="text-lg">
            <SentenceText event={event} />
          </p>
          <RequestLine event={event} full />
        </div>
      ) : null}
      <p className="no-print flex flex-wrap gap-1.5">
        <TargetLink org={org} event={event} />
        {filtersOf(event).map(([label, term]) => (
          <Link
            key={label}
            prefetch={false}
            href={`/orgs/${org}/admin/events?q=${encodeURIComponent(printSearch([term]))}`}
            className={chip}
          >
            Only this {label}
          </Link>
        ))}
        <CopyButton text={`/orgs/${org}/admin/events/${event.ref}`} label="Copy link" show />
        {curl ? <CopyButton text={curl} label="Copy as curl" show /> : null}
      </p>
      <EventSummary event={event} timings={inspection?.event.timings ?? { total: null, told: null }} />
      {event.trace?.length ? (
        <Card title="Steps" note="how it was decided">
          <Steps trace={event.trace} />
        </Card>
      ) : null}
      {event.diff?.length ? (
        <Card title="Changes" note={counted(event.diff.length, 'attribute')}>
          <Diff changes={event.diff} />
        </Card>
      ) : null}
      {inspection ? <EventPayloads request={inspection.event.request} response={inspection.event.response} /> : null}
      {inspection && inspection.conversation.length > 1 ? (
        <Card title="Around it" note="the same person, 5 minutes either way">
          <ol className="divide-y divide-border">
            {inspection.conversation.map((each) => (
              <li key={each.id} aria-current={each.id === event.id ? 'true' : undefined} className="px-4 py-2">
                <Link href={`/orgs/${org}/admin/events/${each.ref}`} prefetch={false} className="hover:underline">
                  <SentenceText event={each} />
                </Link>
                <span className="flex flex-wrap gap-3 text-xs text-muted">
                  <OutcomeWord outcome={each.outcome} />
                  <Time at={each.at} />
                  <RequestLine event={each} />
                </span>
              </li>
            ))}
          </ol>
        </Card>
      ) : null}
      <details className="overflow-clip rounded-card border border-border bg-surface">
        <summary className="px-4 py-2 font-semibold">Raw</summary>
        <Json value={event} label="The stored event" />
      </details>
    </div>
  )
}

/** Leads to the person, group or setting the event is about, where it has a page; else to who has the name it wanted. */
function TargetLink({ org, event }: { org: string; event: EventView }) {
  const { type, targetKind: kind, targetId: id, targetName: name } = event
  if (!id && name && event.error?.scimType === 'uniqueness') {
    const found =
      kind === 'group' ? `groups?q=${encodeURIComponent(name)}` : `users?tab=all&q=${encodeURIComponent(name)}`
    return (
      <Link prefetch={false} href={`/orgs/${org}/admin/${found}`} className={chip}>
        Find who has the name
      </Link>
    )
  }
  const settings = settingsPlace(event)
  if (settings) {
    return (
      <Link prefetch={false} href={`/orgs/${org}/admin/settings/${settings.page}`} className={chip}>
        {settings.label}
      </Link>
    )
  }
  if (!id || (kind !== 'user' && kind !== 'group') || type.endsWith('.deleted') || type.endsWith('.not_found'))
    return null
  return (
    <Link prefetch={false} href={`/orgs/${org}/admin/${kind}s/${id}`} className={chip}>
      Open the {kind === 'user' ? 'person' : 'group'}
    </Link>
  )
}

/** What a person may want to see more of. */
function filtersOf(event: EventView): [string, Term][] {
  const term = (key: Term['key'], value: string): Term => ({ key, values: [value], not: false })
  const { targetKind: kind, targetId: id } = event
  return [
    ...(id && (kind === 'user' || kind === 'group')
      ? [[kind === 'user' ? 'person' : 'group', term(kind, id)] as [string, Term]]
      : []),
    ...(event.actorKind === 'okta' && event.actorId ? [['token', term('token', event.actorId)] as [string, Term]] : []),
    ['type', term('type', event.type)],
  ]
}

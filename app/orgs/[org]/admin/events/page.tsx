import type { Metadata } from 'next'
import { EventFilters, KINDS, logHref } from '@/components/events/event-filters'
import { EventList } from '@/components/events/event-list'
import { LiveEvents } from '@/components/events/live-events'
import { NoEvents } from '@/components/events/no-events'
import { ButtonLink } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { requirePage } from '@/lib/auth/authorize'
import { listEvents } from '@/lib/events/query'
import { EVENT_TYPES, isReadType, OUTCOMES } from '@/lib/events/types'
import { eventIdFromRef } from '@/lib/ids'
import { titleOf } from '../../org-title'
import { one, type Search } from '../../search'

type Props = { params: Promise<{ org: string }>; searchParams: Search }

/** The types a kind stands for, look-ups only when asked for. */
const typesOf = (prefix: string, reads: boolean) =>
  EVENT_TYPES.filter((type) => type.startsWith(prefix) && (reads || !isReadType(type)))

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Events')

export default async function EventsPage({ params, searchParams }: Props) {
  const { org } = await params
  const viewer = await requirePage(org, 'admin', `/orgs/${org}/admin/events`)
  const query = await searchParams
  const kind = Object.keys(KINDS).find((name) => name === one(query.kind))
  const prefix = kind ? KINDS[kind] : undefined
  const filter = {
    reads: one(query.reads) === '1',
    outcome: OUTCOMES.find((outcome) => outcome === one(query.outcome)),
    kind: prefix,
  }
  const before = eventIdFromRef(one(query.before) ?? '') ?? undefined
  const types = prefix ? typesOf(prefix, filter.reads) : undefined
  const { events, next } = await listEvents(viewer.orgId, { ...filter, types, before, limit: 50 })
  const filtered = filter.outcome !== undefined || kind !== undefined
  const empty = <NoEvents org={org} filtered={filtered} />
  return (
    <>
      <PageHeader
        title="Events"
        lead={`Every change Okta sent to ${viewer.orgName}, every sign-in, every refusal, and why.`}
      />
      <EventFilters org={org} filter={filter} kind={kind} />
      <section aria-label="Event log" className="rounded-card border border-border bg-surface shadow-card">
        {before ? (
          <EventList org={org} events={events} empty={empty} />
        ) : (
          <LiveEvents
            key={logHref(org, { ...filter, kind })}
            org={org}
            initial={events}
            after={filtered ? undefined : events[0]?.id}
            oldest={next ? events.at(-1)?.id : undefined}
            filter={filter}
            empty={empty}
          />
        )}
      </section>
      <nav aria-label="Pages of events" className="mt-4 flex justify-between">
        {before ? <ButtonLink href={logHref(org, { ...filter, kind })}>Newest</ButtonLink> : <span />}
        {next ? <ButtonLink href={logHref(org, { ...filter, kind }, next)}>Older</ButtonLink> : null}
      </nav>
    </>
  )
}

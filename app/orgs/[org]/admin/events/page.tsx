import type { Metadata } from 'next'
import { EventLog } from '@/components/events/event-log'
import { ExportMenu } from '@/components/events/export-menu'
import { Histogram } from '@/components/events/histogram'
import { LogChips } from '@/components/events/log-search'
import { LogToolbar } from '@/components/events/log-toolbar'
import { NoEvents } from '@/components/events/no-events'
import { ButtonLink } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { requirePage } from '@/lib/auth/authorize'
import { readLog } from '@/lib/events/log'
import { loadLog, logHref, logQuery } from '@/lib/events/log-address'
import { getOrg } from '@/lib/orgs/orgs'
import { titleOf } from '../../org-title'
import type { Search } from '../../search'

type Props = { params: Promise<{ org: string }>; searchParams: Search }

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Events')

export default async function EventsPage({ params, searchParams }: Props) {
  const { org } = await params
  const viewer = await requirePage(org, 'admin', `/orgs/${org}/admin/events`)
  const address = await loadLog(searchParams)
  const [log, row] = await Promise.all([readLog(viewer.orgId, address), getOrg(viewer.orgId)])
  const { page, search, filter, span, durations, facets, chart } = log
  const live = address.before === null && span.to === null
  const here = logHref(org, address)
  return (
    <>
      <PageHeader
        title="Events"
        lead={`Every change Okta sent to ${viewer.orgName}, every sign-in, every refusal, and why.`}
      >
        <ExportMenu org={org} query={logQuery({ ...address, before: null })} total={facets.total} />
      </PageHeader>
      <LogToolbar org={org} address={address} search={search} facets={facets} />
      <LogChips org={org} address={address} search={search} />
      <Histogram org={org} address={address} chart={chart} />
      <section aria-label="Event log" className="rounded-card border border-border bg-surface shadow-card">
        <EventLog
          key={`${here}${address.before ?? ''}`}
          org={org}
          initial={page.events}
          durations={durations}
          after={page.events[0]?.id}
          oldest={page.next ? page.events.at(-1)?.id : undefined}
          filter={filter}
          address={address}
          live={live}
          empty={<NoEvents org={org} address={address} terms={search.terms.length} />}
        />
      </section>
      {page.partial ? (
        <p className="mt-3 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
          The newest 100,000 events were looked through. Narrow the range, or go on with the older ones.
        </p>
      ) : null}
      <nav aria-label="Pages of events" className="mt-4 flex justify-between">
        {address.before ? <ButtonLink href={here}>Newest</ButtonLink> : <span />}
        {page.next ? <ButtonLink href={logHref(org, address, { before: page.next })}>Older</ButtonLink> : null}
      </nav>
      {row ? (
        <p className="mt-3 text-xs text-muted">
          Events are kept {row.eventDays} days, their requests and responses {row.payloadDays}.
        </p>
      ) : null}
    </>
  )
}

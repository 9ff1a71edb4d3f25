import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Inspector } from '@/components/events/inspector'
import { RequestLine } from '@/components/events/request-line'
import { SentenceText } from '@/components/events/sentence-text'
import { ButtonLink } from '@/components/ui/button'
import { Crumb } from '@/components/ui/crumb'
import { PageHeader } from '@/components/ui/page-header'
import { requirePage } from '@/lib/auth/authorize'
import { inspect } from '@/lib/events/inspect'
import { readQuery } from '@/lib/events/log'
import { loadLog, logHref } from '@/lib/events/log-address'
import { neighbours } from '@/lib/events/query'
import { titleOf } from '../../../org-title'
import type { Search } from '../../../search'

type Props = { params: Promise<{ org: string; id: string }>; searchParams: Search }

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Event')

export default async function EventPage({ params, searchParams }: Props) {
  const { org, id } = await params
  const viewer = await requirePage(org, 'admin', `/orgs/${org}/admin/events/${id}`)
  const inspection = await inspect(viewer.orgId, id)
  if (!inspection) notFound()
  const { event } = inspection
  const address = await loadLog(searchParams)
  const { filter, window } = await readQuery(viewer.orgId, address)
  const { older, newer } = await neighbours(viewer.orgId, event.id, filter, window)
  return (
    <>
      <Crumb href={logHref(org, address)}>Events</Crumb>
      <PageHeader
        title={
          <span className="font-medium">
            <SentenceText event={event} />
          </span>
        }
        lead={<RequestLine event={event} full />}
      >
        {newer ? <ButtonLink href={logHref(org, address, {}, `/${newer}`)}>Newer</ButtonLink> : null}
        {older ? <ButtonLink href={logHref(org, address, {}, `/${older}`)}>Older</ButtonLink> : null}
      </PageHeader>
      <Inspector org={org} event={event} inspection={inspection} headed={false} />
      <p className="mt-4 font-mono text-xs text-muted">{event.ref}</p>
    </>
  )
}

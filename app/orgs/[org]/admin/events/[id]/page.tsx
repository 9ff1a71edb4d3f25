import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EventPayloads } from '@/components/events/event-payloads'
import { RequestLine } from '@/components/events/event-row'
import { EventSummary } from '@/components/events/event-summary'
import { SentenceText } from '@/components/events/sentence-text'
import { Steps } from '@/components/events/steps'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { Crumb } from '@/components/ui/crumb'
import { Diff } from '@/components/ui/diff'
import { counted } from '@/components/ui/format'
import { PageHeader } from '@/components/ui/page-header'
import { requirePage } from '@/lib/auth/authorize'
import { getEvent } from '@/lib/events/query'
import { titleOf } from '../../../org-title'

type Props = { params: Promise<{ org: string; id: string }> }

/** Events whose person has no page (any more). */
const gone = new Set<string>(['user.not_found', 'user.deleted'])

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Event')

export default async function EventPage({ params }: Props) {
  const { org, id } = await params
  const here = `/orgs/${org}/admin/events/${id}`
  const viewer = await requirePage(org, 'admin', here)
  const event = await getEvent(viewer.orgId, id)
  if (!event) notFound()
  return (
    <>
      <Crumb href={`/orgs/${org}/admin/events`}>Events</Crumb>
      <PageHeader
        title={
          <span className="font-medium">
            <SentenceText event={event} />
          </span>
        }
        lead={<RequestLine event={event} full />}
      >
        {event.targetKind === 'user' && event.targetId && !gone.has(event.type) ? (
          <ButtonLink href={`/orgs/${org}/admin/users/${event.targetId}`}>Open the person</ButtonLink>
        ) : null}
        <CopyButton text={`/orgs/${org}/admin/events/${event.ref}`} label="Copy link" show />
      </PageHeader>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <EventSummary event={event} timings={event.timings} />
        {event.trace?.length ? (
          <Card title="Steps" note="how it was decided">
            <Steps trace={event.trace} />
          </Card>
        ) : null}
        {event.diff?.length ? (
          <Card title="Changes" note={counted(event.diff.length, 'attribute')} className="lg:col-span-2">
            <Diff changes={event.diff} />
          </Card>
        ) : null}
        <EventPayloads request={event.request} response={event.response} />
      </div>
      <p className="mt-4 font-mono text-xs text-muted">{event.ref}</p>
    </>
  )
}

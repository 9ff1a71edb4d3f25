import type { Metadata } from 'next'
import { LiveRefresh } from '@/components/live/live-refresh'
import { HeldPeople } from '@/components/settings/held-people'
import { Banner } from '@/components/ui/banner'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Confirm } from '@/components/ui/confirm'
import { Crumb } from '@/components/ui/crumb'
import { EmptyState } from '@/components/ui/empty-state'
import { counted } from '@/components/ui/format'
import { PageHeader } from '@/components/ui/page-header'
import { requirePage } from '@/lib/auth/authorize'
import { listHeld } from '@/lib/directory/held-people'
import { getProvisioning } from '@/lib/orgs/connections'
import { titleOf } from '../../../org-title'
import { one, type Search } from '../../../search'
import { letInAction, letInAllAction } from './actions'

type Props = { params: Promise<{ org: string }>; searchParams: Search }

const changes = ['user.', 'group.', 'connection.']

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Review')

export default async function ReviewPage({ params, searchParams }: Props) {
  const { org } = await params
  const here = `/orgs/${org}/admin/users/review`
  const viewer = await requirePage(org, 'admin', here)
  const query = await searchParams
  const after = one(query.after)
  const entered = Number(one(query.in))
  const [{ people, total, next }, provisioning] = await Promise.all([
    listHeld(viewer.orgId, { after }),
    getProvisioning(viewer.orgId),
  ])
  const pending = provisioning.scimState === 'pending'
  return (
    <>
      <Crumb href={`/orgs/${org}/admin/users`}>Users</Crumb>
      <PageHeader
        title="Review"
        lead="People Okta pushed while the connection was to be reviewed first. They cannot sign in until you let them in."
      >
        <LiveRefresh org={org} types={changes} />
        {total > 0 ? <LetAllIn org={org} total={total} pending={pending} /> : null}
      </PageHeader>
      {Number.isInteger(entered) && entered > 0 && total === 0 ? (
        <div className="mb-4">
          <Banner tone="info" title={`${counted(entered, 'person is', 'people are')} in.`} />
        </div>
      ) : null}
      <Card title="Waiting" note={counted(total, 'person', 'people')}>
        {people.length > 0 ? (
          <HeldPeople
            org={org}
            people={people.map((person) => ({ ...person, createdAt: person.createdAt.toISOString() }))}
            letIn={letInAction.bind(null, org)}
          />
        ) : (
          <NobodyWaits org={org} pending={pending} />
        )}
      </Card>
      {total > 0 ? (
        <p className="mt-3 max-w-prose text-muted">
          To keep somebody out, unassign them in Okta: whoever stays assigned is pushed again. Okta sees all of them as
          active, so that it stays in step.
        </p>
      ) : null}
      <nav aria-label="Pages of people" className="mt-4 flex justify-between">
        {after ? <ButtonLink href={here}>First page</ButtonLink> : <span />}
        {next ? <ButtonLink href={`${here}?after=${next}`}>Next page</ButtonLink> : null}
      </nav>
    </>
  )
}

const LetAllIn = ({ org, total, pending }: { org: string; total: number; pending: boolean }) => (
  <Confirm
    trigger={`Let all ${total.toLocaleString('en-US')} in`}
    look="primary"
    title={`Let ${counted(total, 'person', 'people')} in?`}
    verb="Let all in"
    action={letInAllAction.bind(null, org)}
  >
    <p>They can sign in from now on, each with the role shown in the list. The log names you for each of them.</p>
    {pending ? (
      <label className="grid grid-cols-[auto_1fr] items-start gap-x-2.5 max-sm:min-h-11">
        <input type="checkbox" name="then" value="active" className="mt-0.5 size-4" />
        <span>
          <span className="font-medium text-text">Stop reviewing</span>
          <span className="block text-xs">Whoever Okta adds from now on comes in at once.</span>
        </span>
      </label>
    ) : null}
  </Confirm>
)

const NobodyWaits = ({ org, pending }: { org: string; pending: boolean }) => (
  <EmptyState
    title="Nobody waits"
    action={<ButtonLink href={`/orgs/${org}/admin/settings/provisioning`}>Provisioning settings</ButtonLink>}
  >
    {pending
      ? 'Whoever Okta adds next appears here, inactive, until you let them in.'
      : 'New people come in at once. To look at them first, choose “Review first” in the provisioning settings.'}
  </EmptyState>
)

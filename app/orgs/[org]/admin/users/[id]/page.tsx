import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LiveRefresh } from '@/components/live/live-refresh'
import { Crumb } from '@/components/ui/crumb'
import { Attributes } from '@/components/users/attributes'
import { RoleWhy } from '@/components/users/role-why'
import { Sessions } from '@/components/users/sessions'
import { Timeline } from '@/components/users/timeline'
import { UserHeader } from '@/components/users/user-header'
import { requirePage } from '@/lib/auth/authorize'
import { getUserDetail } from '@/lib/directory/list-users'
import { listEvents } from '@/lib/events/query'
import { titleOf } from '../../../org-title'

type Props = { params: Promise<{ org: string; id: string }> }

const changes = ['user.', 'group.', 'sign', 'session.', 'access.', 'org.']

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'User')

export default async function UserPage({ params }: Props) {
  const { org, id } = await params
  const viewer = await requirePage(org, 'admin', `/orgs/${org}/admin/users/${id}`)
  const user = await getUserDetail(viewer.orgId, id)
  if (!user) notFound()
  const { events, next } = await listEvents(viewer.orgId, { targetId: user.id, limit: 50 })
  return (
    <>
      <div className="flex items-start justify-between gap-4">
        <Crumb href={`/orgs/${org}/admin/users`}>Users</Crumb>
        <LiveRefresh org={org} types={changes} targetId={user.id} />
      </div>
      <UserHeader user={user} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid gap-4">
          <Timeline org={org} events={events} more={next !== undefined} />
          <Attributes user={user} />
        </div>
        <div className="grid gap-4">
          <RoleWhy user={user} />
          <Sessions user={user} />
        </div>
      </div>
    </>
  )
}

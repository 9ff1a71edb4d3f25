import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LiveRefresh } from '@/components/live/live-refresh'
import { Crumb } from '@/components/ui/crumb'
import { RawResource } from '@/components/ui/raw-resource'
import { GroupsCard } from '@/components/users/groups-card'
import { MomentView } from '@/components/users/moment-view'
import { PersonActions } from '@/components/users/person-actions'
import { PersonFields } from '@/components/users/person-fields'
import { RoleWhy } from '@/components/users/role-why'
import { SameAccount } from '@/components/users/same-account'
import { Sessions } from '@/components/users/sessions'
import { TimeTravel } from '@/components/users/time-travel'
import { Timeline } from '@/components/users/timeline'
import { UserHeader } from '@/components/users/user-header'
import { requirePage } from '@/lib/auth/authorize'
import { listSessions } from '@/lib/auth/sessions'
import { getPerson, resourceOf } from '@/lib/directory/person'
import { getPersonAt, parseMoment } from '@/lib/directory/person-moment'
import { listLife } from '@/lib/directory/person-timeline'
import { titleOf } from '../../../org-title'
import { one, type Search } from '../../../search'
import {
  deactivateAction,
  deleteAction,
  endAllSessionsAction,
  endSessionAction,
  reactivateAction,
  setRoleAction,
} from './actions'

type Props = { params: Promise<{ org: string; id: string }>; searchParams: Search }

const changes = ['user.', 'group.', 'sign', 'session.', 'access.', 'org.', 'role_mapping.']

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'User')

export default async function UserPage({ params, searchParams }: Props) {
  const { org, id } = await params
  const viewer = await requirePage(org, 'admin', `/orgs/${org}/admin/users/${id}`)
  const query = await searchParams
  const at = parseMoment(one(query.at))
  const before = one(query.before)
  const [person, sessions, life, moment] = await Promise.all([
    getPerson(viewer.orgId, id),
    listSessions(viewer.orgId, id),
    listLife(viewer.orgId, id, { before, limit: 20 }),
    at ? getPersonAt(viewer.orgId, id, at) : null,
  ])
  if (!person) notFound()
  const around = { earlier: moment?.earlier ?? null, later: moment?.later ?? null }
  return (
    <>
      <div className="mb-2 flex items-center justify-between gap-4 [&>nav]:mb-0">
        <Crumb href={`/orgs/${org}/admin/users`}>Users</Crumb>
        <LiveRefresh org={org} types={changes} targetIds={[person.id]} orGroups keepStill />
      </div>
      <UserHeader person={person}>
        <PersonActions
          org={org}
          person={person}
          sessions={sessions.length}
          own={person.id === viewer.userId}
          actions={{
            deactivate: deactivateAction.bind(null, org, id),
            reactivate: reactivateAction.bind(null, org, id),
            remove: deleteAction.bind(null, org, id),
          }}
        />
      </UserHeader>
      <TimeTravel org={org} personId={id} at={at} milestones={person.milestones} around={around} />
      {at && moment ? (
        <MomentView org={org} person={person} at={at} moment={moment} />
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div id="timeline" className="grid gap-4">
            <Timeline org={org} personId={id} lines={life.lines} next={life.next} older={before !== undefined} />
            <PersonFields org={org} person={person} />
          </div>
          <div className="grid gap-4">
            <RoleWhy
              org={org}
              person={person}
              form={{ mayOwner: viewer.role === 'owner', action: setRoleAction.bind(null, org, id) }}
            />
            <Sessions
              person={person}
              sessions={sessions}
              end={endSessionAction.bind(null, org, id)}
              endAll={endAllSessionsAction.bind(null, org, id)}
            />
            <GroupsCard org={org} person={person} />
            <SameAccount org={org} person={person} />
            <RawResource {...resourceOf(org, person)} />
          </div>
        </div>
      )}
    </>
  )
}

import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { GroupHeader } from '@/components/groups/group-header'
import { GroupTimeline } from '@/components/groups/group-timeline'
import { groupHref, loadGroupSearch } from '@/components/groups/groups-url'
import { MappingEditor } from '@/components/groups/mapping-editor'
import { MembersCard } from '@/components/groups/members-card'
import { LiveRefresh } from '@/components/live/live-refresh'
import { Card } from '@/components/ui/card'
import { Crumb } from '@/components/ui/crumb'
import { RawResource } from '@/components/ui/raw-resource'
import { requirePage } from '@/lib/auth/authorize'
import { getGroup, groupResourceOf } from '@/lib/directory/group'
import { listUsers } from '@/lib/directory/list-users'
import { listEvents } from '@/lib/events/query'
import { eventIdFromRef, eventRef } from '@/lib/ids'
import { titleOf } from '../../../org-title'
import type { Search } from '../../../search'
import { mappingEditorProps } from '../mapping-editor-props'

type Props = { params: Promise<{ org: string; id: string }>; searchParams: Search }

const changes = ['group.', 'role_mapping.', 'user.', 'org.changed']
const LINES = 20

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Group')

export default async function GroupPage({ params, searchParams }: Props) {
  const { org, id } = await params
  const viewer = await requirePage(org, 'admin', `/orgs/${org}/admin/groups/${id}`)
  const search = await loadGroupSearch(searchParams)
  const place = search.before ? { before: search.before } : { after: search.after ?? undefined }
  const older = eventIdFromRef(search.older ?? '') ?? undefined
  const [group, page, log] = await Promise.all([
    getGroup(viewer.orgId, id),
    listUsers(viewer.orgId, { group: id, tab: 'all', q: search.q.slice(0, 300), ...place }),
    listEvents(viewer.orgId, { targetId: id, before: older, limit: LINES }),
  ])
  if (!group) notFound()
  const editor = await mappingEditorProps(viewer, group, search.role, (role) => groupHref(org, id, { role }))
  return (
    <>
      <div className="mb-2 flex items-center justify-between gap-4 [&>nav]:mb-0">
        <Crumb href={`/orgs/${org}/admin/groups`}>Groups</Crumb>
        <LiveRefresh org={org} types={changes} targetIds={[id, ...page.users.map((user) => user.id)]} keepStill />
      </div>
      <GroupHeader group={group} />
      <div className="grid gap-4">
        <Card title="Role of its people" note="the highest of all that gives one wins">
          <MappingEditor {...editor} />
        </Card>
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <MembersCard org={org} group={group} page={page} search={search} />
          <div id="timeline" className="grid gap-4">
            <GroupTimeline
              org={org}
              groupId={id}
              events={log.events}
              next={log.next && eventRef(log.next)}
              older={older !== undefined}
            />
            <RawResource {...groupResourceOf(org, group)}>
              {group.refs
                ? null
                : 'Its people are left out here: without excludedAttributes SCIM answers with all of them.'}
            </RawResource>
          </div>
        </div>
      </div>
    </>
  )
}

import type { Metadata } from 'next'
import { GroupsTable } from '@/components/groups/groups-table'
import { GroupsToolbar } from '@/components/groups/groups-toolbar'
import { groupsHref, groupsPageHref, loadGroupsSearch } from '@/components/groups/groups-url'
import { NoGroups } from '@/components/groups/no-groups'
import { LiveRefresh } from '@/components/live/live-refresh'
import { ButtonLink } from '@/components/ui/button'
import { upTo } from '@/components/ui/format'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { requirePage } from '@/lib/auth/authorize'
import { countGroups, listGroups } from '@/lib/directory/list-groups'
import { titleOf } from '../../org-title'
import type { Search } from '../../search'

type Props = { params: Promise<{ org: string }>; searchParams: Search }

const changes = ['group.', 'role_mapping.', 'user.deleted']

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Groups')

export default async function GroupsPage({ params, searchParams }: Props) {
  const { org } = await params
  const viewer = await requirePage(org, 'admin', `/orgs/${org}/admin/groups`)
  const search = await loadGroupsSearch(searchParams)
  const { tab, after, before } = search
  const filter = { tab, q: search.q.slice(0, 300) }
  const place = before ? { before } : { after: after ?? undefined }
  const [{ groups, next, prev }, counts] = await Promise.all([
    listGroups(viewer.orgId, { ...filter, ...place }),
    countGroups(viewer.orgId, filter),
  ])
  return (
    <>
      <PageHeader
        title="Groups"
        lead="As Okta pushes them. A group gives a role only where an admin of yours has chosen one; its name never does."
      >
        <LiveRefresh org={org} types={changes} keepStill />
        <ButtonLink href={`/orgs/${org}/admin/settings/roles`}>Roles and entitlements</ButtonLink>
      </PageHeader>
      <GroupsToolbar org={org} search={search} counts={{ all: upTo(counts.all), mapped: upTo(counts.mapped) }} />
      <section aria-label="Groups" className="overflow-clip rounded-card border border-border bg-surface shadow-card">
        {groups.length > 0 ? <GroupsTable org={org} groups={groups} /> : <NoGroups org={org} search={search} />}
      </section>
      <Pager
        label="Pages of groups"
        first={groupsHref(org, search)}
        prev={prev && groupsPageHref(org, search, { before: prev })}
        next={next && groupsPageHref(org, search, { after: next })}
      />
    </>
  )
}

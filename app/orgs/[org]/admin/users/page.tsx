import Plus from 'lucide-react/icons/plus'
import type { Metadata } from 'next'
import { LiveRefresh } from '@/components/live/live-refresh'
import { ButtonLink } from '@/components/ui/button'
import { upTo } from '@/components/ui/format'
import { Menu, MenuLink, MenuWord } from '@/components/ui/menu'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { NoUsers } from '@/components/users/no-users'
import { UsersTable } from '@/components/users/users-table'
import { UsersToolbar } from '@/components/users/users-toolbar'
import { exportHref, loadUsersSearch, type UsersSearch, usersHref, usersPageHref } from '@/components/users/users-url'
import { requirePage } from '@/lib/auth/authorize'
import { countUsers } from '@/lib/directory/count-users'
import { groupFacet } from '@/lib/directory/group-facet'
import { listUsers, type UserQuery } from '@/lib/directory/list-users'
import { titleOf } from '../../org-title'
import type { Search } from '../../search'

type Props = { params: Promise<{ org: string }>; searchParams: Search }

const changes = ['user.', 'group.', 'signin.', 'access.', 'org.', 'role_mapping.']

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Users')

export default async function UsersPage({ params, searchParams }: Props) {
  const { org } = await params
  const viewer = await requirePage(org, 'admin', `/orgs/${org}/admin/users`)
  const search = await loadUsersSearch(searchParams)
  const query = queryOf(search)
  const [{ users, next, prev }, counts, groups] = await Promise.all([
    listUsers(viewer.orgId, query),
    countUsers(viewer.orgId, query),
    groupFacet(viewer.orgId, search.group),
  ])
  const words = { active: upTo(counts.active), inactive: upTo(counts.inactive), all: upTo(counts.all) }
  return (
    <>
      <PageHeader
        title="Users"
        lead={`Everybody at ${viewer.orgName}. Okta manages most; whom Okta does not know, you manage here.`}
      >
        <LiveRefresh org={org} types={changes} keepStill />
        <Menu trigger={<MenuWord>Import, export</MenuWord>} align="end">
          <MenuLink href={`/orgs/${org}/admin/users/import`}>Import from CSV</MenuLink>
          <MenuLink href={exportHref(org, search)} download>
            Export these people as CSV
          </MenuLink>
        </Menu>
        <ButtonLink look="primary" href={`/orgs/${org}/admin/users/new`}>
          <Plus size={15} aria-hidden="true" />
          Add person
        </ButtonLink>
      </PageHeader>
      <UsersToolbar org={org} search={search} counts={words} groups={groups} />
      <section aria-label="People" className="overflow-clip rounded-card border border-border bg-surface shadow-card">
        {users.length > 0 ? (
          <UsersTable org={org} users={users} search={search} />
        ) : (
          <NoUsers org={org} search={search} />
        )}
      </section>
      <Pager
        label="Pages of users"
        first={usersHref(org, search)}
        prev={prev && usersPageHref(org, search, { before: prev })}
        next={next && usersPageHref(org, search, { after: next })}
      />
    </>
  )
}

function queryOf({ tab, q, role, source, group, sort, order, after, before }: UsersSearch): UserQuery {
  const filter = { tab, q: q.slice(0, 300), role: role ?? undefined, source: source ?? undefined }
  const place = before ? { before } : { after: after ?? undefined }
  return { ...filter, group: group ?? undefined, sort, order: order ?? undefined, ...place }
}

import type { Metadata } from 'next'
import { LiveRefresh } from '@/components/live/live-refresh'
import { ButtonLink } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { NoUsers } from '@/components/users/no-users'
import { UsersTable } from '@/components/users/users-table'
import { UsersToolbar, usersHref } from '@/components/users/users-toolbar'
import { requirePage } from '@/lib/auth/authorize'
import { countUsers, listUsers, type UserTab } from '@/lib/directory/list-users'
import { titleOf } from '../../org-title'
import { one, type Search } from '../../search'

type Props = { params: Promise<{ org: string }>; searchParams: Search }

const tabs: UserTab[] = ['active', 'inactive', 'all']
const changes = ['user.', 'group.', 'signin.', 'access.', 'org.']

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Users')

export default async function UsersPage({ params, searchParams }: Props) {
  const { org } = await params
  const viewer = await requirePage(org, 'admin', `/orgs/${org}/admin/users`)
  const query = await searchParams
  const tab = tabs.find((each) => each === one(query.tab)) ?? 'active'
  const q = clean(one(query.q))
  const after = clean(one(query.after))
  const [{ users, next }, counts] = await Promise.all([
    listUsers(viewer.orgId, { tab, q, limit: 50, ...(after ? { after } : {}) }),
    countUsers(viewer.orgId),
  ])
  return (
    <>
      <PageHeader
        title="Users"
        lead={`Everybody at ${viewer.orgName}. Okta adds, changes and deactivates people here.`}
      >
        <LiveRefresh org={org} types={changes} />
      </PageHeader>
      <UsersToolbar org={org} tab={tab} q={q} counts={counts} />
      <section aria-label="People" className="overflow-clip rounded-card border border-border bg-surface shadow-card">
        {users.length > 0 ? <UsersTable org={org} users={users} /> : <NoUsers org={org} tab={tab} q={q} />}
      </section>
      <nav aria-label="Pages of users" className="mt-4 flex justify-between">
        {after ? <ButtonLink href={usersHref(org, { tab, q })}>First page</ButtonLink> : <span />}
        {next ? <ButtonLink href={usersHref(org, { tab, q, after: next })}>Next page</ButtonLink> : null}
      </nav>
    </>
  )
}

/** Search text as the database can take it. */
const clean = (text: string | undefined) => (text ?? '').replaceAll('\0', '').toWellFormed().slice(0, 300)

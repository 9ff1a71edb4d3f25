import { Avatar } from '@/components/ui/avatar'
import { counted } from '@/components/ui/format'
import { Row, RowLink, Table, Td, Th } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { UserListItem } from '@/lib/directory/list-users'
import { RoleBadge, Source, Status } from './badges'
import { sortOf, type UsersSearch } from './users-url'

type Props = { org: string; users: UserListItem[]; search: UsersSearch }

/** People, one a row; on a phone role, source and status stand under the name. */
export function UsersTable({ org, users, search }: Props) {
  return (
    <Table
      caption="People of this company"
      head={
        <>
          <Th sort={sortOf(org, search, 'name')}>Person</Th>
          <Th>Role</Th>
          <Th className="max-xl:hidden">Groups</Th>
          <Th>Source</Th>
          <Th>Status</Th>
          <Th className="max-lg:hidden" sort={sortOf(org, search, 'signin')}>
            Last sign-in
          </Th>
          <Th className="max-md:hidden" sort={sortOf(org, search, 'updated')}>
            Last change
          </Th>
        </>
      }
    >
      {users.map((user) => (
        <UserRow key={user.id} org={org} user={user} />
      ))}
    </Table>
  )
}

function UserRow({ org, user }: { org: string; user: UserListItem }) {
  return (
    <Row>
      <Td className="max-w-0 max-sm:w-full sm:w-2/5">
        <div className="flex items-center gap-3">
          <Avatar name={user.displayName} className="size-8 text-xs" />
          <div className="min-w-0 flex-1">
            <RowLink href={`/orgs/${org}/admin/users/${user.id}`}>
              <bdi className="line-clamp-2 text-left">{user.displayName}</bdi>
            </RowLink>
            <span className="line-clamp-2 text-xs text-muted">
              <bdi>{user.userName}</bdi>
              {user.title ? (
                <>
                  {' · '}
                  <bdi>{user.title}</bdi>
                </>
              ) : null}
            </span>
            <span className="mt-1.5 flex flex-wrap items-center gap-3 sm:hidden">
              <RoleBadge role={user.role} />
              <Source source={user.source} />
              <Status active={user.active} held={user.held} />
            </span>
          </div>
        </div>
      </Td>
      <Td className="max-sm:hidden">
        <RoleBadge role={user.role} />
      </Td>
      <Td className="max-w-0 text-xs text-muted max-xl:hidden xl:w-1/5">
        <Groups groups={user.groups} />
      </Td>
      <Td className="max-sm:hidden">
        <Source source={user.source} />
      </Td>
      <Td className="max-sm:hidden">
        <Status active={user.active} held={user.held} />
      </Td>
      <Td className="text-xs text-muted max-lg:hidden">
        {user.lastSignInAt ? <Time at={user.lastSignInAt.toISOString()} /> : 'never'}
      </Td>
      <Td className="text-xs text-muted max-md:hidden">
        <Time at={user.updatedAt.toISOString()} />
      </Td>
    </Row>
  )
}

function Groups({ groups: { total, names } }: { groups: UserListItem['groups'] }) {
  if (total === 0) return 'none'
  const rest = total - names.length
  return (
    <span className="flex min-w-0 items-baseline gap-1" title={counted(total, 'group')}>
      <bdi className="truncate">{names.join(', ')}</bdi>
      {rest > 0 ? <span className="shrink-0">+{rest}</span> : null}
    </span>
  )
}

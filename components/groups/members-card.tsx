import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { counted } from '@/components/ui/format'
import { Pager } from '@/components/ui/pager'
import { SearchForm } from '@/components/ui/search-form'
import { Row, RowLink, Table, Td, Th } from '@/components/ui/table'
import { RoleBadge, Status } from '@/components/users/badges'
import { usersHref } from '@/components/users/users-url'
import type { UserListItem, UserPage } from '@/lib/directory/list-users'
import { type GroupSearch, groupHref } from './groups-url'

type Props = { org: string; group: { id: string; members: number }; page: UserPage; search: GroupSearch }

/** The people of a group, a page at a time, by name. */
export function MembersCard({ org, group: { id, members }, page: { users, next, prev }, search: { q, older } }: Props) {
  const kept = { q, older }
  const here = `/orgs/${org}/admin/groups/${id}`
  return (
    <Card title="Members" note={counted(members, 'person', 'people')}>
      {members > 0 ? (
        <div className="flex flex-wrap items-center justify-between gap-2 border-b border-border px-4 py-2.5">
          <SearchForm
            action={here}
            label="Search members"
            placeholder="Name, user name or e-mail"
            q={q}
            kept={{ older }}
          />
          <ButtonLink look="quiet" href={usersHref(org, { tab: 'all', group: id })}>
            Filter and sort them
          </ButtonLink>
        </div>
      ) : null}
      {users.length > 0 ? (
        <Table
          caption="Members of this group"
          head={
            <>
              <Th>Person</Th>
              <Th>Role</Th>
              <Th>Status</Th>
            </>
          }
        >
          {users.map((user) => (
            <Member key={user.id} org={org} user={user} />
          ))}
        </Table>
      ) : (
        <p className="px-4 py-3 text-muted">
          {q
            ? `Nobody in this group matches “${q}”.`
            : 'Nobody is in this group here. Okta sends those of its people who are assigned to Rollcall.'}
        </p>
      )}
      <Pager
        label="Pages of members"
        className="border-t border-border px-4 py-2.5"
        first={groupHref(org, id, kept)}
        prev={prev && groupHref(org, id, { ...kept, before: prev })}
        next={next && groupHref(org, id, { ...kept, after: next })}
      />
    </Card>
  )
}

function Member({ org, user }: { org: string; user: UserListItem }) {
  return (
    <Row>
      <Td className="max-w-0 w-full">
        <RowLink href={`/orgs/${org}/admin/users/${user.id}`}>
          <bdi className="line-clamp-2 text-left break-words">{user.displayName}</bdi>
        </RowLink>
        <bdi className="line-clamp-1 text-xs text-muted">{user.userName}</bdi>
        <span className="mt-1 flex flex-wrap items-center gap-3 sm:hidden">
          <RoleBadge role={user.role} />
          <Status active={user.active} held={user.held} />
        </span>
      </Td>
      <Td className="max-sm:hidden">
        <RoleBadge role={user.role} />
      </Td>
      <Td className="max-sm:hidden">
        <Status active={user.active} held={user.held} />
      </Td>
    </Row>
  )
}

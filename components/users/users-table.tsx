import Link from 'next/link'
import { Avatar } from '@/components/ui/avatar'
import { Time } from '@/components/ui/time'
import type { UserListItem } from '@/lib/directory/list-users'
import { RoleBadge, Source, Status } from './badges'

const head = 'px-3 py-2 text-left text-xs font-medium text-muted first:pl-4 last:pr-4'
const cell = 'px-3 py-2 first:pl-4 last:pr-4'

/** People, one a row; on a phone role, source and status stand under the name. */
export function UsersTable({ org, users }: { org: string; users: UserListItem[] }) {
  return (
    <table className="w-full">
      <caption className="sr-only">People of this company</caption>
      <thead className="border-b border-border max-sm:sr-only">
        <tr>
          <th scope="col" className={head}>
            Person
          </th>
          <th scope="col" className={head}>
            Role
          </th>
          <th scope="col" className={head}>
            Source
          </th>
          <th scope="col" className={head}>
            Status
          </th>
          <th scope="col" className={`${head} max-lg:hidden`}>
            Last sign-in
          </th>
          <th scope="col" className={`${head} max-md:hidden`}>
            Updated
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-border">
        {users.map((user) => (
          <UserRow key={user.id} org={org} user={user} />
        ))}
      </tbody>
    </table>
  )
}

function UserRow({ org, user }: { org: string; user: UserListItem }) {
  return (
    <tr className="relative hover:bg-raised">
      <td className={cell}>
        <div className="flex items-center gap-3">
          <Avatar name={user.displayName} className="size-8 text-xs" />
          <div className="min-w-0">
            <Link
              href={`/orgs/${org}/admin/users/${user.id}`}
              prefetch={false}
              className="block font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
            >
              {user.displayName}
            </Link>
            <span className="block text-xs text-muted">
              {user.userName}
              {user.title ? ` · ${user.title}` : ''}
            </span>
            <span className="mt-1.5 flex flex-wrap items-center gap-3 sm:hidden">
              <RoleBadge role={user.role} />
              <Source source={user.source} />
              <Status active={user.active} />
            </span>
          </div>
        </div>
      </td>
      <td className={`${cell} max-sm:hidden`}>
        <RoleBadge role={user.role} />
      </td>
      <td className={`${cell} max-sm:hidden`}>
        <Source source={user.source} />
      </td>
      <td className={`${cell} max-sm:hidden`}>
        <Status active={user.active} />
      </td>
      <td className={`${cell} text-xs text-muted max-lg:hidden`}>
        {user.lastSignInAt ? <Time at={user.lastSignInAt.toISOString()} /> : 'never'}
      </td>
      <td className={`${cell} text-xs text-muted max-md:hidden`}>
        <Time at={user.updatedAt.toISOString()} />
      </td>
    </tr>
  )
}

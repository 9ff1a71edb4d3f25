import { Avatar } from '@/components/ui/avatar'
import { CopyButton } from '@/components/ui/copy-button'
import { Time } from '@/components/ui/time'
import type { UserDetail } from '@/lib/directory/list-users'
import { RoleBadge, Source, Status } from './badges'

/** Who it is, in which state, and by which ids both sides know them. */
export function UserHeader({ user }: { user: UserDetail }) {
  return (
    <div className="mb-5 rounded-card border border-border bg-surface shadow-card">
      <div className="flex flex-wrap items-center gap-4 p-4">
        <Avatar name={user.displayName} className="size-12 text-lg" />
        <div className="min-w-0 flex-1 basis-48">
          <h1>{user.displayName}</h1>
          <p className="text-muted">
            {user.userName}
            {user.title ? ` · ${user.title}` : ''}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Status active={user.active} />
          <RoleBadge role={user.role} />
          <Source source={user.source} />
        </div>
      </div>
      <dl className="grid gap-x-6 gap-y-3 border-t border-border px-4 py-3 text-xs sm:grid-cols-2 lg:grid-cols-4">
        <IdFact name="id here" value={user.id} />
        <IdFact name="externalId in Okta" value={user.externalId} />
        <div>
          <dt className="text-muted">Here since</dt>
          <dd className="flex min-h-8 items-center">
            <Time at={user.createdAt.toISOString()} />
          </dd>
        </div>
        <div>
          <dt className="text-muted">Okta sign-in</dt>
          <dd className="flex min-h-8 items-center">
            {user.linked ? 'linked' : 'not linked yet; the first sign-in does it'}
          </dd>
        </div>
      </dl>
    </div>
  )
}

function IdFact({ name, value }: { name: string; value: string | null }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted">{name}</dt>
      <dd className="flex min-h-8 items-center">
        <code className="truncate font-mono" title={value ?? undefined}>
          {value ?? 'none'}
        </code>
        {value ? <CopyButton text={value} label={`Copy ${name}`} /> : null}
      </dd>
    </div>
  )
}

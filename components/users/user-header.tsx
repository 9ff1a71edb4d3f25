import type { ReactNode } from 'react'
import { Avatar } from '@/components/ui/avatar'
import { Fact, IdFact } from '@/components/ui/fact'
import { Time } from '@/components/ui/time'
import type { Person } from '@/lib/directory/person'
import { RoleBadge, Source, Status } from './badges'

/** Who it is, in which state, and by which ids both sides know them; `children` is what can be done. */
export function UserHeader({ person, children }: { person: Person; children?: ReactNode }) {
  return (
    <div className="mb-4 rounded-card border border-border bg-surface shadow-card">
      <div className="flex flex-wrap items-center gap-4 p-4">
        <Avatar name={person.displayName} className="size-12 text-lg" />
        <div className="min-w-0 flex-1 basis-64">
          <h1>
            <bdi>{person.displayName}</bdi>
          </h1>
          <p className="text-muted">
            <bdi>{person.userName}</bdi>
            {person.title ? (
              <>
                {' · '}
                <bdi>{person.title}</bdi>
              </>
            ) : null}
          </p>
          <p className="mt-1 flex flex-wrap items-center gap-3">
            <Status active={person.active} held={person.held} />
            <RoleBadge role={person.role} />
            <Source source={person.source} />
          </p>
        </div>
        {children ? <div className="flex max-w-80 flex-wrap items-center gap-2">{children}</div> : null}
      </div>
      <dl className="grid gap-x-6 gap-y-3 border-t border-border px-4 py-3 text-xs sm:grid-cols-2 lg:grid-cols-4">
        <IdFact name="id here" value={person.id} />
        <IdFact name="externalId in Okta" value={person.externalId} />
        <Fact name="Here since">
          <Time at={person.createdAt.toISOString()} />
        </Fact>
        <Fact name="Last sign-in">
          {person.lastSignInAt ? (
            <Time at={person.lastSignInAt.toISOString()} />
          ) : person.linked ? (
            'never'
          ) : (
            'never; the first one links the account'
          )}
        </Fact>
      </dl>
    </div>
  )
}

import { Fact, IdFact } from '@/components/ui/fact'
import { counted } from '@/components/ui/format'
import { Time } from '@/components/ui/time'
import type { Group } from '@/lib/directory/group'
import { Gives } from './gives'
import { Pushed } from './pushed'

/** Which group it is, what it gives, and by which ids both sides know it. */
export function GroupHeader({ group }: { group: Group }) {
  return (
    <div className="mb-4 rounded-card border border-border bg-surface shadow-card">
      <div className="grid gap-1 p-4">
        <h1>
          <bdi>{group.displayName}</bdi>
        </h1>
        <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <span className="text-muted">{counted(group.members, 'person', 'people')}</span>
          <Gives mapping={group.mapping} />
          <span className="text-xs text-muted">From Okta</span>
        </p>
      </div>
      <dl className="grid gap-x-6 gap-y-3 border-t border-border px-4 py-3 text-xs sm:grid-cols-2 lg:grid-cols-4">
        <IdFact name="id here" value={group.id} />
        <IdFact name="externalId" value={group.externalId} none="none sent" />
        <Fact name="Here since">
          <Time at={group.createdAt.toISOString()} />
        </Fact>
        <Fact name="Last push">
          <Pushed push={group.push} />
        </Fact>
      </dl>
    </div>
  )
}

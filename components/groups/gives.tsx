import { Time } from '@/components/ui/time'
import { RoleBadge } from '@/components/users/badges'
import type { GroupMapping } from '@/lib/directory/list-groups'

/** The role a group gives, and who made it so: nothing but an admin's choice makes a group give one. */
export function Gives({ mapping }: { mapping: GroupMapping | null }) {
  if (!mapping) return <span className="text-xs text-muted">no role</span>
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <RoleBadge role={mapping.role} />
      <span className="text-xs text-muted">
        {mapping.by ? (
          <>
            chosen by <bdi>{mapping.by.name}</bdi>,{' '}
          </>
        ) : (
          'chosen '
        )}
        <Time at={mapping.at.toISOString()} />
      </span>
    </span>
  )
}

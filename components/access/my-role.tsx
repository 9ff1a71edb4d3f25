import { Card } from '@/components/ui/card'
import { counted } from '@/components/ui/format'
import { RoleBadge } from '@/components/users/badges'
import { reasonText } from '@/components/users/role-why'
import type { Person } from '@/lib/directory/person'

const opens: Record<Person['role'], string> = {
  member: 'Your own tasks.',
  manager: 'Your own tasks and those of the team.',
  admin: 'Tasks, and the people, events and settings of the company.',
  owner: 'Everything, and making others owners.',
}

/** What a person may do, and what gave it: the highest reason first. */
export function MyRole({ person }: { person: Person }) {
  const { groups, role, roleReasons } = person
  return (
    <Card title="My role" note={roleReasons.length > 1 ? 'the highest wins' : undefined}>
      <p className="border-b border-border px-4 py-2.5">
        <RoleBadge role={role} /> <span className="ml-1">{opens[role]}</span>
      </p>
      <ul className="divide-y divide-border">
        {roleReasons.map((reason) => (
          <li key={reasonText(reason)} className="flex items-baseline gap-3 px-4 py-2">
            <RoleBadge role={reason.role} />
            <span className="min-w-0">{reasonText(reason)}</span>
          </li>
        ))}
      </ul>
      <p className="border-t border-border px-4 py-2.5 text-sm text-muted">
        {groups.length === 0 ? (
          'You are in no group.'
        ) : (
          <>
            You are in {counted(groups.length, 'group')}: <bdi>{groups.map(({ name }) => name).join(', ')}</bdi>. A name
            alone gives nothing; an admin decides which group gives a role.
          </>
        )}
      </p>
    </Card>
  )
}

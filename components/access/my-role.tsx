import { Card } from '@/components/ui/card'
import { counted } from '@/components/ui/format'
import { RoleBadge } from '@/components/users/badges'
import { ReasonList } from '@/components/users/reason-list'
import type { Person } from '@/lib/directory/person'

const opens: Record<Person['role'], string> = {
  member: 'Your own tasks.',
  manager: 'Your own tasks and those of the team.',
  admin: 'Tasks, and the people, events and settings of the company.',
  owner: 'Everything, and making others owners.',
}

const SHOWN = 5

/** What a person may do, and what gave it: the highest reason first. */
export function MyRole({ person }: { person: Person }) {
  const { groups, role, roleReasons } = person
  return (
    <Card title="My role" note={roleReasons.length > 1 ? 'the highest wins' : undefined}>
      <p className="border-b border-border px-4 py-2.5">
        <RoleBadge role={role} /> <span className="ml-1">{opens[role]}</span>
      </p>
      <ReasonList reasons={roleReasons} />
      <p className="border-t border-border px-4 py-2.5 text-sm text-muted">
        {groups.length === 0
          ? 'You are in no group.'
          : `You are in ${counted(groups.length, 'group')}. A name alone gives nothing; an admin decides which group gives a role.`}
      </p>
      {groups.length > 0 ? <Names groups={groups.slice(0, SHOWN)} /> : null}
      {groups.length > SHOWN ? (
        <details className="border-t border-border">
          <summary className="px-4 py-2 text-sm text-accent hover:underline">
            {counted(groups.length - SHOWN, 'more group')}
          </summary>
          <Names groups={groups.slice(SHOWN)} />
        </details>
      ) : null}
    </Card>
  )
}

const Names = ({ groups }: Pick<Person, 'groups'>) => (
  <ul className="divide-y divide-border border-t border-border text-sm">
    {groups.map(({ id, name }) => (
      <li key={id} className="px-4 py-1.5">
        <bdi className="line-clamp-2 text-left">{name}</bdi>
      </li>
    ))}
  </ul>
)

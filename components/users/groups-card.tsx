import Link from 'next/link'
import { groupHref } from '@/components/groups/groups-url'
import { Card } from '@/components/ui/card'
import { counted } from '@/components/ui/format'
import type { Person, PersonGroup } from '@/lib/directory/person'
import { RoleBadge } from './badges'

const SHOWN = 10

/** The groups of a person, those that give a role first. */
export function GroupsCard({ org, person }: { org: string; person: Person }) {
  const gives = new Map(
    person.roleReasons.flatMap((reason) => (reason.by === 'group' ? [[reason.groupId, reason.role]] : [])),
  )
  const groups = [...person.groups].sort((a, b) => Number(gives.has(b.id)) - Number(gives.has(a.id)))
  const rest = groups.slice(SHOWN)
  const line = (group: PersonGroup) => (
    <li key={group.id} className="flex flex-wrap items-baseline justify-between gap-x-3 px-4 py-1.5">
      <Link
        href={groupHref(org, group.id)}
        prefetch={false}
        className="inline-flex min-h-6 min-w-0 items-center hover:underline"
      >
        <bdi className="line-clamp-2 text-left min-w-0">{group.name}</bdi>
      </Link>
      <Gives role={gives.get(group.id)} />
    </li>
  )
  return (
    <Card title="Groups" note={groups.length > 0 ? counted(groups.length, 'group') : undefined}>
      {groups.length === 0 ? (
        <p className="px-4 py-3 text-muted">In no group. Okta says who is in which; a group can give a role here.</p>
      ) : (
        <ul className="divide-y divide-border">{groups.slice(0, SHOWN).map(line)}</ul>
      )}
      {rest.length > 0 ? (
        <details className="border-t border-border">
          <summary className="px-4 py-2 text-accent hover:underline">{counted(rest.length, 'more group')}</summary>
          <ul className="max-h-96 divide-y divide-border overflow-y-auto border-t border-border">{rest.map(line)}</ul>
        </details>
      ) : null}
    </Card>
  )
}

function Gives({ role }: { role: Parameters<typeof RoleBadge>[0]['role'] | undefined }) {
  if (!role) return null
  return (
    <span className="text-xs text-muted">
      gives <RoleBadge role={role} />
    </span>
  )
}

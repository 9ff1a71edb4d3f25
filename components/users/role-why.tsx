import { Card } from '@/components/ui/card'
import type { Person } from '@/lib/directory/person'
import { RoleBadge } from './badges'
import { RoleForm, type RoleFormProps } from './role-form'

type Reason = Person['roleReasons'][number]

/** Why a person has a role, in words. */
export function reasonText(reason: Reason): string {
  switch (reason.by) {
    case 'hand':
      return 'Given by hand, here in Rollcall.'
    case 'scim-role':
      return `Okta sends the SCIM role “${reason.value}”, and this company lets it count.`
    case 'group':
      return `Member of the group “${reason.groupName}”, which gives this role.`
    case 'default':
      return 'Nothing gives a higher role: it is what everybody starts with.'
  }
}

type Props = { person: Person; form: Omit<RoleFormProps, 'now'> }

/** The role and every reason for it, the highest first: it wins. */
export function RoleWhy({ person, form }: Props) {
  return (
    <Card title="Role" note={person.roleReasons.length > 1 ? 'the highest wins' : undefined}>
      <ul className="divide-y divide-border">
        {person.roleReasons.map((reason) => (
          <li key={reasonText(reason)} className="flex items-baseline gap-3 px-4 py-2">
            <RoleBadge role={reason.role} />
            <span className="min-w-0">{reasonText(reason)}</span>
          </li>
        ))}
      </ul>
      {person.active ? null : (
        <p className="border-t border-border px-4 py-2 text-xs text-muted">
          Without effect while deactivated; it counts again on return.
        </p>
      )}
      <RoleForm {...form} now={person.manualRole} />
    </Card>
  )
}

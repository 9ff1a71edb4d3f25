import { Card } from '@/components/ui/card'
import type { Person } from '@/lib/directory/person'
import { ReasonList } from './reason-list'
import { RoleForm, type RoleFormProps } from './role-form'

type Props = { org: string; person: Person; form: Omit<RoleFormProps, 'now'> }

/** The role and every reason for it, the highest first: it wins. */
export function RoleWhy({ org, person, form }: Props) {
  return (
    <Card title="Role" note={person.roleReasons.length > 1 ? 'the highest wins' : undefined}>
      <ReasonList org={org} reasons={person.roleReasons} />
      {person.active ? null : (
        <p className="border-t border-border px-4 py-2 text-xs text-muted">
          Without effect while deactivated; it counts again on return.
        </p>
      )}
      <RoleForm {...form} now={person.manualRole} />
    </Card>
  )
}

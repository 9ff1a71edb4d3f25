import Link from 'next/link'
import { Confirm, type ConfirmState } from '@/components/ui/confirm'
import { Time } from '@/components/ui/time'

type Action = (state: ConfirmState, form: FormData) => Promise<ConfirmState>
export type HeldView = {
  id: string
  displayName: string
  userName: string
  title: string | null
  role: string
  groups: string[]
  createdAt: string
}
type Props = { org: string; people: HeldView[]; letIn: Action }

const SHOWN = 4

/** Who waits, with what they will be once let in. */
export function HeldPeople({ org, people, letIn }: Props) {
  return (
    <ul className="divide-y divide-border">
      {people.map((person) => (
        <li key={person.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
          <div className="min-w-0 flex-1 basis-60">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <Link href={`/orgs/${org}/admin/users/${person.id}`} prefetch={false} className="font-medium underline">
                {person.displayName}
              </Link>
              <span className="basis-full text-muted">
                {[person.title, person.userName].filter(Boolean).join(' · ')}
              </span>
            </p>
            <p className="text-xs text-muted">
              Will be {person.role}; {groupsOf(person.groups)}. Pushed <Time at={person.createdAt} />.
            </p>
          </div>
          <Confirm
            trigger="Let in"
            triggerLabel={`Let in ${person.displayName}`}
            title={`Let ${person.displayName} in?`}
            verb="Let in"
            values={{ user: person.id }}
            action={letIn}
          >
            <p>
              {person.displayName} can sign in from now on, as {person.role}.
            </p>
          </Confirm>
        </li>
      ))}
    </ul>
  )
}

function groupsOf(groups: string[]): string {
  if (groups.length === 0) return 'in no group'
  const more = groups.length > SHOWN ? ` and ${groups.length - SHOWN} more` : ''
  return `in ${groups.slice(0, SHOWN).join(', ')}${more}`
}

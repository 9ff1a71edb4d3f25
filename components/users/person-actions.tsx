import Pencil from 'lucide-react/icons/pencil'
import { Button, ButtonLink } from '@/components/ui/button'
import { Confirm, type ConfirmState } from '@/components/ui/confirm'
import { counted } from '@/components/ui/format'
import type { Person } from '@/lib/directory/person'

type Act = (state: ConfirmState, form: FormData) => Promise<ConfirmState>
type Props = {
  org: string
  person: Person
  sessions: number
  /** It is the viewer: nobody deactivates or deletes themselves. */
  own: boolean
  actions: { deactivate: Act; reactivate: Act; remove: Act }
}

/** What an admin can do with a person; what cannot be done says why. */
export function PersonActions({ org, person, sessions, own, actions }: Props) {
  const { displayName: name, managed } = person
  const ends = sessions > 0 ? `Ends ${counted(sessions, 'session')} now. ` : ''
  return (
    <>
      {managed ? null : (
        <ButtonLink href={`/orgs/${org}/admin/users/${person.id}/edit`}>
          <Pencil size={14} aria-hidden="true" />
          Edit
        </ButtonLink>
      )}
      {own ? <p className="text-xs text-muted">This is you: another admin can deactivate you.</p> : null}
      {person.active && !own ? (
        <Confirm
          trigger={managed ? 'Deactivate here' : 'Deactivate'}
          look="danger"
          title={`Deactivate ${name}?`}
          verb={`Deactivate ${brief(name)}`}
          danger
          action={actions.deactivate}
        >
          {ends}
          {managed
            ? 'For emergencies: Okta may reactivate them at its next push. To make it last, deactivate them in Okta.'
            : 'They cannot sign in until somebody reactivates them. Their tasks stay.'}
        </Confirm>
      ) : null}
      {person.active || person.held ? null : (
        <Confirm
          trigger="Reactivate"
          title={`Reactivate ${name}?`}
          verb={`Reactivate ${brief(name)}`}
          action={actions.reactivate}
        >
          {managed
            ? 'Gives back what was taken here. Whom Okta has deactivated, Okta activates.'
            : 'They may sign in again, to the same account with the same tasks. Old sessions stay ended.'}
        </Confirm>
      )}
      {own ? null : <Delete person={person} action={actions.remove} ends={ends} />}
    </>
  )
}

/** A name that fits on a button. */
function brief(name: string): string {
  const signs = [...name]
  return signs.length > 32 ? `${signs.slice(0, 30).join('')}…` : name
}

function Delete({ person, action, ends }: { person: Person; action: Act; ends: string }) {
  if (person.managed) {
    return (
      <>
        <Button disabled aria-describedby="delete-why">
          Delete
        </Button>
        <p id="delete-why" className="basis-full text-xs text-muted">
          Not deleted here: Okta would create this person again at its next push. Unassign them in Okta instead.
        </p>
      </>
    )
  }
  return (
    <Confirm
      trigger="Delete"
      look="danger"
      title={`Delete ${person.displayName}?`}
      verb={`Delete ${brief(person.displayName)}`}
      danger
      action={action}
    >
      {ends}Their user name becomes free and their history stays. Somebody added later under the same name is a new
      account. To keep the way back open, deactivate instead.
    </Confirm>
  )
}

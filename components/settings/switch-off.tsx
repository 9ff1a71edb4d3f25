import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { Confirm, type ConfirmState } from '@/components/ui/confirm'
import { counted, upTo } from '@/components/ui/format'

type Action = (state: ConfirmState, form: FormData) => Promise<ConfirmState>
type Preview = {
  people: { active: number; inactive: number }
  held: number
  groups: number
  mappedGroups: number
  tokens: number
}
type Props = {
  preview: Preview
  isOff: boolean
  confirmed: boolean
  setState: Action
  disconnect: Action
  /** How to confirm with Okta, where that is missing. */
  children?: ReactNode
}

/** Taking Okta away: off keeps the tokens for later, disconnect ends them. Both keep every person. */
export function SwitchOff({ preview, isOff, confirmed, setState, disconnect, children }: Props) {
  const stays = <Stays preview={preview} />
  return (
    <Card title="Switch off or disconnect">
      <ul className="divide-y divide-border">
        {isOff ? null : (
          <Way
            title="Switch provisioning off"
            text="Okta is refused. People stay as they are and are managed here by hand; tokens are kept for later."
          >
            {confirmed ? (
              <Confirm
                trigger="Switch off"
                look="danger"
                title="Switch provisioning off?"
                verb="Switch off"
                danger
                values={{ state: 'off' }}
                action={setState}
              >
                {stays}
                <p>{counted(preview.tokens, 'live token')} kept: refused while it is off, good again when it is on.</p>
              </Confirm>
            ) : null}
          </Way>
        )}
        <Way title="Disconnect Okta" text="The same, and every token ends. To come back, Okta needs a new token.">
          {confirmed ? (
            <Confirm
              trigger="Disconnect"
              look="danger"
              title="Disconnect Okta from provisioning?"
              verb="Disconnect"
              danger
              action={disconnect}
            >
              {stays}
              <p>{counted(preview.tokens, 'live token')} revoked, for good.</p>
            </Confirm>
          ) : null}
        </Way>
      </ul>
      {children}
    </Card>
  )
}

/** A large company's people are counted to 10,000. */
const many = (n: number, one: string, more: string) => `${upTo(n)} ${n === 1 ? one : more}`

function Stays({ preview: { people, held, groups, mappedGroups } }: { preview: Preview }) {
  return (
    <ul className="grid list-disc gap-1 pl-5">
      <li>
        {many(people.active, 'active person keeps', 'active people keep')} access, role and tasks. Nobody is deactivated
        by this.
      </li>
      {people.inactive > 0 ? (
        <li>{many(people.inactive, 'deactivated person stays', 'deactivated people stay')} deactivated.</li>
      ) : null}
      {held > 0 ? <li>{many(held, 'person goes', 'people go')} on waiting for review.</li> : null}
      {groups > 0 ? (
        <li>
          {counted(groups, 'group stays', 'groups stay')} as pushed
          {mappedGroups > 0 ? `; roles from ${counted(mappedGroups, 'group')} go on` : ''}.
        </li>
      ) : null}
      <li>Who leaves the company in Okta afterwards is no longer deactivated here. Sign-in still asks Okta.</li>
    </ul>
  )
}

function Way({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="font-medium">{title}</p>
        <p className="max-w-prose text-muted">{text}</p>
      </div>
      {children}
    </li>
  )
}

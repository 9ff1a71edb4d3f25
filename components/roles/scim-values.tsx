import { ConfirmFirst } from '@/components/settings/confirm-first'
import { SettingForm, type SettingState } from '@/components/settings/setting-form'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { roleWords } from '@/components/users/words'
import { MAPPED_ROLES } from '@/lib/directory/roles'

type Props = {
  /** The values that count now. */
  on: readonly string[]
  /** Where Okta reads them. */
  url: string
  confirmed: boolean
  confirmHref: string
  action: (state: SettingState, form: FormData) => Promise<SettingState>
}

/** Which values of SCIM `roles` give a role here. */
export function ScimValues({ on, url, confirmed, confirmHref, action }: Props) {
  return (
    <Card title="SCIM roles" note={on.length > 0 ? `${on.length} of 3 switched on` : 'all switched off'}>
      <div className="border-b border-border px-4 py-3 text-muted">
        <p className="max-w-prose">
          Okta can send <code className="font-mono text-xs">roles</code> with a person. A value counts only while it is
          switched on here, and leads to the role of its name; any other value is kept and gives nothing. There is no
          value for owner.
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-x-2">
          Okta reads those switched on at <code className="font-mono text-xs break-all">{url}</code>
          <CopyButton text={url} label="Copy the address of the roles" />
        </p>
      </div>
      <SettingForm
        locked={!confirmed}
        yes="Save and change their roles"
        fields={MAPPED_ROLES.map((value) => ({
          name: value,
          label: `“${value}” makes somebody ${roleWords[value]}`,
          value: on.includes(value) ? 'on' : '',
          isSwitch: true,
        }))}
        action={action}
      />
      {confirmed ? null : (
        <ConfirmFirst href={confirmHref}>To change this, confirm with Okta who you are.</ConfirmFirst>
      )}
    </Card>
  )
}

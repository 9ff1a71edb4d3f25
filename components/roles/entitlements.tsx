import Link from 'next/link'
import { type SettingField, SettingForm, type SettingState } from '@/components/settings/setting-form'
import { Card } from '@/components/ui/card'
import { Confirm, type ConfirmState } from '@/components/ui/confirm'
import { CopyButton } from '@/components/ui/copy-button'
import { counted } from '@/components/ui/format'
import type { Entitlement } from '@/lib/directory/entitlement-catalogue'
import { rolesHref } from './roles-url'

type Props = {
  org: string
  entries: Entitlement[]
  edited: Entitlement | null
  /** Where Okta reads the catalogue. */
  url: string
  add: (state: SettingState, form: FormData) => Promise<SettingState>
  change: (state: SettingState, form: FormData) => Promise<SettingState>
  remove: (state: ConfirmState, form: FormData) => Promise<ConfirmState>
}

/** What Okta may put into `entitlements` of a person: the catalogue it reads over SCIM. */
export function Entitlements({ org, entries, edited, url, add, change, remove }: Props) {
  return (
    <Card title="Entitlements" note={entries.length > 0 ? counted(entries.length, 'entry', 'entries') : undefined}>
      <div className="border-b border-border px-4 py-3 text-muted">
        <p className="max-w-prose">
          What an Okta admin can choose from when assigning somebody. It travels with the person and stands on their
          page; it gives no role here.
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-x-2">
          Okta reads it at <code className="font-mono text-xs break-all">{url}</code>
          <CopyButton text={url} label="Copy the address of the entitlements" />
        </p>
      </div>
      {entries.length === 0 ? (
        <p className="px-4 py-3 text-muted">The catalogue is empty. What you add appears in Okta at its next import.</p>
      ) : (
        <ul className="max-h-112 divide-y divide-border overflow-y-auto">
          {entries.map((entry) => (
            <li key={entry.value} className="flex flex-wrap items-baseline justify-between gap-x-6 px-4 py-2">
              <div className="min-w-0 flex-1 basis-60">
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <bdi className="min-w-0 font-medium">{entry.displayName}</bdi>
                  <code className="min-w-0 font-mono text-xs break-all text-muted">{entry.value}</code>
                </p>
                <p className="text-xs text-muted">{[entry.type, entry.description].filter(Boolean).join(' · ')}</p>
              </div>
              <Link
                href={`${rolesHref(org, { edit: entry.value })}#entitlement`}
                prefetch={false}
                aria-label={`Edit ${entry.displayName}`}
                className="inline-flex min-h-6 items-center text-accent hover:underline max-sm:min-h-11"
              >
                Edit
              </Link>
            </li>
          ))}
        </ul>
      )}
      <section id="entitlement" aria-label="Entitlement form" className="scroll-mt-16 border-t border-border">
        {edited ? (
          <>
            <div className="flex flex-wrap items-center justify-between gap-3 px-4 pt-3">
              <p className="min-w-0">
                Edit <code className="font-mono text-xs break-all">{edited.value}</code>
              </p>
              <span className="flex items-center gap-3">
                <Link href={rolesHref(org)} prefetch={false} scroll={false} className="text-accent hover:underline">
                  Close
                </Link>
                <Confirm
                  trigger="Remove"
                  look="danger"
                  title={`Remove “${edited.displayName}”?`}
                  verb="Remove entitlement"
                  danger
                  values={{ value: edited.value }}
                  action={remove}
                >
                  <p>Okta can no longer choose it. Who carries it keeps it until Okta says otherwise.</p>
                </Confirm>
              </span>
            </div>
            <SettingForm key={edited.value} fields={fieldsOf(edited)} action={change} />
          </>
        ) : (
          <SettingForm key="new" verb="Add entitlement" fields={[valueField, ...fieldsOf(null)]} action={add} />
        )}
      </section>
    </Card>
  )
}

const valueField: SettingField = {
  name: 'value',
  label: 'Value',
  value: '',
  hint: 'What Okta sends, such as “reports”. It cannot be changed later.',
  maxLength: 100,
  required: true,
}

const fieldsOf = (entry: Entitlement | null): SettingField[] => [
  { name: 'displayName', label: 'Name', value: entry?.displayName ?? '', maxLength: 100, required: true },
  { name: 'type', label: 'Type', value: entry?.type ?? '', maxLength: 300, hint: 'Optional, such as “license”.' },
  { name: 'description', label: 'Description', value: entry?.description ?? '', maxLength: 300, hint: 'Optional.' },
]

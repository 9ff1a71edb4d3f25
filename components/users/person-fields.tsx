import Lock from 'lucide-react/icons/lock'
import Link from 'next/link'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { shortPath, valueText } from '@/components/ui/diff-text'
import { Time } from '@/components/ui/time'
import type { Person } from '@/lib/directory/person'
import { inOrder } from './field-order'

/** The profile, value by value: what it is, who gave it, when and by which event. */
export function PersonFields({ org, person }: { org: string; person: Person }) {
  const fields = inOrder(person.fields)
  const edit = <ButtonLink href={`/orgs/${org}/admin/users/${person.id}/edit`}>Edit</ButtonLink>
  return (
    <Card title="Profile" note={person.managed ? 'each value, and who gave it' : edit}>
      {person.managed ? (
        <p className="flex items-start gap-2 border-b border-border bg-raised px-4 py-2.5 text-xs text-muted">
          <Lock size={13} aria-hidden="true" className="mt-0.5 shrink-0" />
          Locked: Okta keeps this profile and would overwrite a change made here. Change it in Okta; it arrives by
          itself.
        </p>
      ) : null}
      <dl className="divide-y divide-border">
        {fields.map(({ path, value, set }) => (
          <div key={path} className="grid gap-x-4 px-4 py-1.5 sm:grid-cols-[minmax(0,13rem)_minmax(0,1fr)_auto]">
            <dt className="font-mono text-xs leading-5 text-muted" title={path}>
              {shortPath(path)}
            </dt>
            <dd className="min-w-0 text-sm">
              <bdi>{valueText(value)}</bdi>
            </dd>
            <dd className="text-xs leading-5 text-muted">
              {set ? (
                <Link href={`/orgs/${org}/admin/events/${set.ref}`} prefetch={false} className="hover:underline">
                  {set.by ?? 'set'} <Time at={set.at.toISOString()} />
                </Link>
              ) : (
                'older than what is kept'
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

import { Card } from '@/components/ui/card'
import { shortPath, valueText } from '@/components/ui/diff-text'
import { Time } from '@/components/ui/time'
import { inOrder } from '@/components/users/field-order'
import type { Person } from '@/lib/directory/person'

/** What people call the fields that Okta sends most; others go by their SCIM name. */
const words: Record<string, string> = {
  userName: 'User name',
  'name.givenName': 'First name',
  'name.familyName': 'Last name',
  displayName: 'Display name',
  'emails[type eq "work"].value': 'Work e-mail',
  'emails[type eq "work"].primary': 'It is your main one',
  title: 'Title',
  department: 'Department',
  employeeNumber: 'Employee number',
  active: 'May sign in',
  locale: 'Language',
  timezone: 'Time zone',
  externalId: 'Your id in Okta',
}

/** The profile, value by value, each with who gave it and when. */
export function ToldByOkta({ person: { fields, managed } }: { person: Person }) {
  return (
    <Card
      title={managed ? 'What Okta told us' : 'What is known about you'}
      note={managed ? 'wrong? It is changed in Okta' : 'wrong? An admin can change it'}
    >
      <dl className="divide-y divide-border">
        {inOrder(fields).map(({ path, value, set }) => (
          <div key={path} className="grid gap-x-4 px-4 py-1.5 sm:grid-cols-[minmax(0,8.5rem)_minmax(0,1fr)_auto]">
            <dt className="text-xs leading-5 text-muted" title={path}>
              {words[shortPath(path)] ?? <code className="font-mono">{shortPath(path)}</code>}
            </dt>
            <dd className="min-w-0 text-sm break-words">
              <bdi>{value === true ? 'yes' : value === false ? 'no' : valueText(value)}</bdi>
            </dd>
            <dd className="text-xs leading-5 text-muted">
              {set ? (
                <>
                  {set.by ?? 'set'} <Time at={set.at.toISOString()} />
                </>
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

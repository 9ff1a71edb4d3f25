import Link from 'next/link'
import { learnHref } from '@/components/learn/topics'
import { Card } from '@/components/ui/card'

const rows: [okta: string, request: string, here: string][] = [
  [
    'Assign a person',
    'POST /Users',
    'The person is added and may sign in. Somebody who was here before comes back with the same id and tasks.',
  ],
  [
    'Change a profile',
    'PUT or PATCH /Users/{id}',
    'The fields change here; the log shows each with its old and new value.',
  ],
  [
    'Deactivate or unassign',
    'PATCH active: false',
    'All sessions end, open tabs are told within a second, the next request is refused. Tasks and history stay.',
  ],
  [
    'Suspend',
    'nothing',
    'Nothing changes here: a new sign-in fails at Okta, but who is signed in stays in. To end that, deactivate, or clear their sessions.',
  ],
  [
    'Reactivate or assign again',
    'PATCH active: true',
    'Same id, role worked out anew. Old sessions stay ended: the person signs in again.',
  ],
  [
    'Another Okta user with the same user name',
    'PUT externalId',
    'The sign-in link is cleared and sessions end, so that a recycled address inherits no access.',
  ],
  [
    'Delete (other clients; Okta deactivates)',
    'DELETE /Users/{id}',
    'The person is gone for SCIM, the user name is free, the history stays in the log.',
  ],
  [
    'Push a group',
    'POST, PATCH /Groups',
    'The group and its members appear. A role comes of it only if you map it to one; names grant nothing.',
  ],
  ['Stop pushing a group and delete it', 'DELETE /Groups/{id}', 'The group goes, and a role that came from it alone.'],
  [
    'Import or test the connection',
    'GET /Users, /Groups',
    'Nothing changes. Reads are in the log, hidden until asked for.',
  ],
  ['Clear user sessions', 'Universal Logout', 'Sessions end, access stays: the person may sign in again.'],
]

/** What an Okta admin does, what Okta sends for it, and what that does here. */
export function OktaDoes() {
  return (
    <Card
      title="What Okta sends, what happens here"
      note={
        <Link
          href={learnHref('suspend-deactivate-delete')}
          prefetch={false}
          className="inline-flex min-h-6 items-center text-accent underline underline-offset-2"
        >
          Why it is so
        </Link>
      }
    >
      <dl className="divide-y divide-border">
        {rows.map(([okta, request, here]) => (
          <div key={okta} className="grid gap-x-6 gap-y-0.5 px-4 py-2.5 md:grid-cols-[2fr_3fr]">
            <dt>
              <span className="font-medium">{okta}</span>
              <span className="block font-mono text-xs text-muted">{request}</span>
            </dt>
            <dd className="text-muted">{here}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

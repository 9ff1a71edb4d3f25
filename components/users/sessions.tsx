import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Confirm, type ConfirmState } from '@/components/ui/confirm'
import { counted, deviceName } from '@/components/ui/format'
import { Time } from '@/components/ui/time'
import type { SessionView } from '@/lib/auth/sessions'
import type { Person } from '@/lib/directory/person'

type Props = {
  person: Person
  sessions: SessionView[]
  end: (form: FormData) => Promise<void>
  endAll: (state: ConfirmState, form: FormData) => Promise<ConfirmState>
}

/** Where a person is signed in right now, and the end of it. */
export function Sessions({ person, sessions, end, endAll }: Props) {
  return (
    <Card title="Sessions" note={sessions.length > 0 ? counted(sessions.length, 'open session') : undefined}>
      {sessions.length === 0 ? (
        <p className="px-4 py-3 text-muted">
          {person.active ? 'Not signed in anywhere.' : 'None: they were ended when the person was deactivated.'}
        </p>
      ) : (
        <ul className="divide-y divide-border">
          {sessions.map((session) => (
            <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-4 px-4 py-1.5">
              <span className="min-w-0" title={session.userAgent ?? undefined}>
                {deviceName(session.userAgent)}
                {session.kind === 'recovery' ? ' · recovery link' : ''}
                <span className="block text-xs text-muted">
                  {session.ip ? `${session.ip} · ` : ''}since <Time at={session.createdAt.toISOString()} />, seen{' '}
                  <Time at={session.lastSeenAt.toISOString()} />
                </span>
              </span>
              <form action={end}>
                <input type="hidden" name="session" value={session.id} />
                <Button type="submit" look="quiet" aria-label={`End the session ${deviceName(session.userAgent)}`}>
                  End
                </Button>
              </form>
            </li>
          ))}
        </ul>
      )}
      {sessions.length > 1 ? (
        <div className="border-t border-border px-4 py-2.5">
          <Confirm
            trigger="End all sessions"
            title={`End the ${sessions.length} sessions of ${person.displayName}?`}
            verb="End all sessions"
            danger
            action={endAll}
          >
            Every open tab goes to a page that says so. {person.displayName} stays active and may sign in again.
          </Confirm>
        </div>
      ) : null}
    </Card>
  )
}

import { Card } from '@/components/ui/card'
import { counted, deviceName } from '@/components/ui/format'
import { Time } from '@/components/ui/time'
import type { UserDetail } from '@/lib/directory/list-users'

/** Where a person is signed in right now. */
export function Sessions({ user }: { user: UserDetail }) {
  const { sessions } = user
  return (
    <Card title="Sessions" note={sessions.length > 0 ? counted(sessions.length, 'open session') : undefined}>
      {sessions.length === 0 ? (
        <p className="px-4 py-3 text-muted">
          {user.active ? 'Not signed in anywhere.' : 'None: they were ended when the person was deactivated.'}
        </p>
      ) : (
        <ul className="divide-y divide-border">
          {sessions.map((session) => (
            <li key={session.id} className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-2">
              <span title={session.userAgent ?? undefined}>{deviceName(session.userAgent)}</span>
              <span className="text-xs text-muted">
                {session.ip ? `${session.ip} · ` : ''}seen <Time at={session.lastSeenAt.toISOString()} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

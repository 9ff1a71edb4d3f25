import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { counted, deviceName } from '@/components/ui/format'
import { Time } from '@/components/ui/time'
import type { MyAccess } from '@/lib/auth/my-access'

type Props = {
  sessions: MyAccess['sessions']
  end: (form: FormData) => Promise<void>
  endOthers: () => Promise<void>
}

/** Where one is signed in, and the end of it. Plain forms: they work without scripts. */
export function MySessions({ sessions, end, endOthers }: Props) {
  return (
    <Card title="My sessions" note={counted(sessions.length, 'open session')}>
      <ul className="divide-y divide-border">
        {sessions.map((session) => {
          const { id, kind, userAgent, ip, createdAt, lastSeenAt, current } = session
          return (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2">
              <span className="min-w-0" title={userAgent ?? undefined}>
                {deviceName(userAgent)}
                {kind === 'recovery' ? ' · recovery link' : ''}
                {current ? <strong className="font-medium text-accent"> · this one</strong> : null}
                <span className="block text-xs text-muted">
                  {ip ? `${ip} · ` : ''}since <Time at={createdAt.toISOString()} />, seen{' '}
                  <Time at={lastSeenAt.toISOString()} />
                </span>
              </span>
              <form action={end}>
                <input type="hidden" name="session" value={id} />
                <Button
                  type="submit"
                  aria-label={`End this session: ${deviceName(userAgent)}${current ? ', this one' : ''}`}
                >
                  End this session
                </Button>
              </form>
            </li>
          )
        })}
      </ul>
      {sessions.length > 1 ? (
        <form action={endOthers} className="border-t border-border px-4 py-2.5">
          <Button type="submit" look="danger">
            End all others
          </Button>
        </form>
      ) : null}
    </Card>
  )
}

import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { absoluteTime } from '@/components/ui/format'
import { Time } from '@/components/ui/time'
import type { MyAccess } from '@/lib/auth/my-access'
import type { Viewer } from '@/lib/auth/session'

type Props = { access: MyAccess; viewer: Pick<Viewer, 'orgName' | 'sessionKind'> }

const came: Record<MyAccess['person']['source'], string> = {
  okta: 'Your company’s Okta gave you an account',
  jit: 'You came by signing in, before Okta sent anything',
  local: 'An admin added you by hand',
}
const words = { created: 'came', left: 'lost access', returned: 'came back' } as const

/** Why this person is let in: the account, the identity it belongs to, and what this session rests on. */
export function WhyIn({ access: { person, link, sessions }, viewer }: Props) {
  const current = sessions.find((each) => each.current)
  return (
    <Card title="Why am I in?">
      <ol className="grid gap-2.5 px-4 py-3">
        <Step title={`${came[person.source]} at ${viewer.orgName}`}>
          as {person.userName}, <Time at={person.createdAt.toISOString()} />
        </Step>
        {person.milestones.length > 1 ? (
          <Step title="Since then it is the same account">
            {person.milestones.map(({ kind, at }, i) => (
              <span key={at.toISOString() + kind}>
                {i > 0 ? ', ' : 'You '}
                {words[kind]} <Time at={at.toISOString()} />
              </span>
            ))}
          </Step>
        ) : null}
        {link ? (
          <Step title="Your Okta identity is linked to it">
            <span className="break-all">{link.issuer}</span>, since <Time at={link.linkedAt.toISOString()} />
          </Step>
        ) : null}
        <Step title={viewer.sessionKind === 'recovery' ? 'A recovery link opened this session' : 'Okta said it is you'}>
          {current ? (
            <>
              <Time at={current.createdAt.toISOString()} />; this session ends at {absoluteTime(current.expiresAt)} at
              the latest, or after eight hours without use
            </>
          ) : (
            'This session is over.'
          )}
        </Step>
      </ol>
      <p className="border-t border-border px-4 py-2.5 text-xs text-muted">
        When Okta deactivates you, your account stays with all that is yours, and every session here ends at once.
      </p>
    </Card>
  )
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li>
      <p className="font-medium">{title}</p>
      <p className="text-sm text-muted">{children}</p>
    </li>
  )
}

import type { ReactNode } from 'react'
import { Badge, type Tone } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import { Moment } from './moment'

/** A token as the page shows it; times are ISO 8601. */
export type Token = {
  id: string
  hint: string
  createdBy: string
  createdAt: string
  expiresAt: string
  revokedAt: string | null
  lastUsedAt: string | null
  lastUsedFrom: string | null
  state: 'live' | 'ending' | 'expired' | 'revoked'
}

/** How people tell tokens apart: by the last characters of the secret. */
export const nameOf = ({ hint }: Token): string => `rollcall_…${hint}`

const states: Record<Token['state'], { tone: Tone; word: string }> = {
  live: { tone: 'ok', word: 'Live' },
  ending: { tone: 'warn', word: 'Being replaced' },
  expired: { tone: 'neutral', word: 'Expired' },
  revoked: { tone: 'neutral', word: 'Revoked' },
}

/** One token: which, since when and from whom, when and where last used, until when; and what can be done. */
export function TokenRow({ token, children }: { token: Token; children?: ReactNode }) {
  const { tone, word } = states[token.state]
  return (
    <li className="grid items-center gap-x-6 gap-y-2 px-4 py-3 lg:grid-cols-[minmax(13rem,1fr)_2fr_auto]">
      <div>
        <span className="font-mono text-sm">{nameOf(token)}</span> <Badge tone={tone}>{word}</Badge>
        <p className="text-xs text-muted">
          in the log as <span className="font-mono">{token.id}</span>
        </p>
      </div>
      <dl className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-3">
        <Fact name="Created">
          <Time at={token.createdAt} /> by {token.createdBy}
        </Fact>
        <Fact name="Last used">
          {token.lastUsedAt ? <Time at={token.lastUsedAt} /> : 'never'}
          {token.lastUsedFrom ? <span className="text-muted"> from {token.lastUsedFrom}</span> : null}
        </Fact>
        <Fact name={token.revokedAt ? 'Revoked' : token.state === 'expired' ? 'Expired' : 'Ends'}>
          <Moment at={token.revokedAt ?? token.expiresAt} />
        </Fact>
      </dl>
      {children ? <div className="flex flex-wrap gap-2 lg:justify-end">{children}</div> : null}
    </li>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

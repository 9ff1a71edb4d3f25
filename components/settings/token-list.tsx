'use client'

import KeyRound from 'lucide-react/icons/key-round'
import { useActionState } from 'react'
import type { TokenPlace } from '@/components/setup/idp-words'
import { Button } from '@/components/ui/button'
import { Confirm, type ConfirmState } from '@/components/ui/confirm'
import { Dialog } from '@/components/ui/dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { Select } from '@/components/ui/field'
import { NewToken } from './new-token'
import { nameOf, type Token, TokenRow } from './token-row'

export type TokenFormState = { error?: string; made?: { id: string; token: string; expiresAt: string } }
type Action<S> = (state: S, form: FormData) => Promise<S>

type Props = {
  tokens: Token[]
  baseUrl: string
  place: TokenPlace
  /** False until the admin has confirmed with Okta: nothing that shows a token is offered then. */
  confirmed: boolean
  days: readonly number[]
  overlaps: readonly number[]
  make: Action<TokenFormState>
  revoke: Action<ConfirmState>
}

const isLive = ({ state }: Token) => state === 'live' || state === 'ending'

/** The org's tokens, and the forms that make, rotate and revoke them. */
export function TokenList({ tokens, baseUrl, place, confirmed, days, overlaps, make, revoke }: Props) {
  const [state, submit, pending] = useActionState(make, {})
  const live = tokens.filter(isLive)
  const ended = tokens.filter((token) => !isLive(token))
  const lifetime = <Lifetime days={days} />
  const problem = state.error ? (
    <p role="alert" className="rounded-md bg-fail-soft px-3 py-2 text-fail">
      {state.error}
    </p>
  ) : null
  return (
    <div>
      {state.made && live.some(({ id }) => id === state.made?.id) ? (
        <NewToken {...state.made} baseUrl={baseUrl} place={place} />
      ) : null}
      {problem ? <div className="px-4 pt-3">{problem}</div> : null}
      {live.length === 0 ? (
        <EmptyState title="No token is live.">{place.it} cannot reach Rollcall until it has one.</EmptyState>
      ) : null}
      <ul className="divide-y divide-border">
        {live.map((token) => (
          <TokenRow key={token.id} token={token}>
            {confirmed && token.state === 'live' ? (
              <Dialog
                key={state.made?.id}
                trigger="Rotate"
                triggerLabel={`Rotate ${nameOf(token)}`}
                title={`Rotate ${nameOf(token)}?`}
              >
                <form action={submit} className="grid gap-4">
                  <input type="hidden" name="do" value="rotate" />
                  <input type="hidden" name="token" value={token.id} />
                  <p className="text-muted">
                    You get a new token, shown once. {place.it} needs it before this one ends.
                  </p>
                  <Select label="This token goes on working for" name="overlap" defaultValue={live.length > 1 ? 0 : 24}>
                    {overlaps.map((hours) => (
                      <option key={hours} value={hours} disabled={hours > 0 && live.length > 1}>
                        {overlapText(hours)}
                      </option>
                    ))}
                  </Select>
                  {live.length > 1 ? (
                    <p className="text-xs text-muted">
                      Two tokens are live already, so this one has to end at once, or the other is revoked first.
                    </p>
                  ) : null}
                  {lifetime}
                  <Button type="submit" look="primary" disabled={pending} className="justify-self-end">
                    Rotate token
                  </Button>
                </form>
              </Dialog>
            ) : null}
            <Confirm
              trigger="Revoke"
              triggerLabel={`Revoke ${nameOf(token)}`}
              title={`Revoke ${nameOf(token)} now?`}
              verb="Revoke token"
              danger
              values={{ token: token.id }}
              action={revoke}
            >
              <p>{consequence(token, live.length)}</p>
              <p>It cannot be undone; a new token can be made at any time.</p>
            </Confirm>
          </TokenRow>
        ))}
      </ul>
      {confirmed && live.length < 2 ? (
        <form action={submit} className="flex flex-wrap items-end gap-3 border-t border-border p-4">
          <input type="hidden" name="do" value="create" />
          {lifetime}
          <Button type="submit" look={live.length === 0 ? 'primary' : 'plain'} disabled={pending} className="min-h-9">
            <KeyRound size={15} aria-hidden="true" />
            Create token
          </Button>
        </form>
      ) : null}
      {ended.length > 0 ? (
        <details className="border-t border-border">
          <summary className="px-4 py-2.5 text-muted max-sm:min-h-11">Ended ({ended.length})</summary>
          <ul className="divide-y divide-border border-t border-border">
            {ended.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  )
}

function Lifetime({ days }: { days: readonly number[] }) {
  return (
    <Select label="Ends after" name="days" defaultValue={365}>
      {days.map((n) => (
        <option key={n} value={n}>
          {n % 365 === 0 ? `${n / 365} ${n === 365 ? 'year' : 'years'}` : `${n} days`}
        </option>
      ))}
    </Select>
  )
}

const overlapText = (hours: number) =>
  hours === 0
    ? 'no time: it ends at once'
    : hours < 24
      ? `${hours} ${hours === 1 ? 'hour' : 'hours'}`
      : `${hours / 24} ${hours === 24 ? 'day' : 'days'}`

function consequence(token: Token, live: number): string {
  const used = token.lastUsedAt ? 'The next request with it is refused.' : 'Nobody has used it yet.'
  return live > 1
    ? `${used} The other live token goes on working.`
    : `${used} No other token is live, so nothing reaches Rollcall until you make one.`
}

'use client'

import KeyRound from 'lucide-react/icons/key-round'
import { useActionState } from 'react'
import { NewToken } from '@/components/settings/new-token'
import { Button } from '@/components/ui/button'
import type { TokenPlace } from './idp-words'

export type MakeTokenState = { error?: string; made?: { token: string; expiresAt: string } }

type Props = {
  baseUrl: string
  place: TokenPlace
  /** SCIM is off: creating the token switches it on, in the way that is chosen. */
  off: boolean
  /** Who is added always waits for an admin. */
  reviewed: boolean
  confirmed: boolean
  action: (state: MakeTokenState, form: FormData) => Promise<MakeTokenState>
}

/** Makes the token Okta gets, and shows it once. */
export function MakeToken({ baseUrl, place, off, reviewed, confirmed, action }: Props) {
  const [{ made, error }, submit, pending] = useActionState(action, {})
  if (made) return <NewToken {...made} baseUrl={baseUrl} place={place} />
  return (
    <form action={submit} className="grid gap-3 p-4">
      {error ? (
        <p role="alert" className="rounded-md bg-fail-soft px-3 py-2 text-fail">
          {error}
        </p>
      ) : null}
      {off && !reviewed ? (
        <fieldset disabled={!confirmed} className="grid gap-1">
          <legend className="mb-1 text-muted">Whoever is added</legend>
          <Choice value="active" checked>
            comes in at once
          </Choice>
          <Choice value="pending">waits, inactive, until an admin lets them in</Choice>
        </fieldset>
      ) : null}
      <p>
        <Button type="submit" look="primary" disabled={pending || !confirmed}>
          <KeyRound size={15} aria-hidden="true" />
          {off ? 'Switch on and create token' : 'Create token'}
        </Button>
      </p>
    </form>
  )
}

const Choice = ({ value, checked = false, children }: { value: string; checked?: boolean; children: string }) => (
  <label className="flex items-center gap-2 max-sm:min-h-11">
    <input type="radio" name="state" value={value} defaultChecked={checked} className="size-4" />
    {children}
  </label>
)

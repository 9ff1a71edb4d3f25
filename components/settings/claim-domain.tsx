'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/field'

export type ClaimState = { typed: string; problem: string } | { claimed: string } | null
type Props = { action: (state: ClaimState, form: FormData) => Promise<ClaimState> }

/** Says that a domain is ours; the proof comes after. */
export function ClaimDomain({ action }: Props) {
  const [state, submit, pending] = useActionState(action, null)
  const problem = state && 'problem' in state ? state : null
  return (
    <form action={submit} className="flex flex-wrap items-start gap-2 p-4">
      <Input
        key={problem?.typed ?? (state && 'claimed' in state ? state.claimed : '')}
        label="Domain of your e-mail addresses"
        name="domain"
        defaultValue={problem?.typed ?? ''}
        error={problem?.problem}
        placeholder="porter.example"
        required
        maxLength={253}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="url"
        className="min-w-0 flex-1 basis-60"
      />
      <Button type="submit" look="primary" disabled={pending} className="min-h-9 sm:mt-5">
        Claim domain
      </Button>
      <p role="status" className="basis-full text-ok empty:hidden">
        {state && 'claimed' in state ? `${state.claimed} is claimed. Put its record into your DNS, then check.` : ''}
      </p>
    </form>
  )
}

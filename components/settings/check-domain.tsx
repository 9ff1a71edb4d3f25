'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import type { ConfirmState } from '@/components/ui/confirm'

type Props = {
  domain: string
  shown: string
  look: 'primary' | 'plain'
  action: (state: ConfirmState, form: FormData) => Promise<ConfirmState>
}

/** Asks the name server now and says what it found. */
export function CheckDomain({ domain, shown, look, action }: Props) {
  const [state, submit, pending] = useActionState(action, null)
  const failed = state && 'error' in state ? state.error : null
  return (
    <form action={submit} className="flex flex-wrap items-center gap-3">
      <input type="hidden" name="domain" value={domain} />
      <Button type="submit" look={look} disabled={pending} aria-label={`Check now: ${shown}`}>
        {pending ? 'Asking the name server …' : 'Check now'}
      </Button>
      <span role="status" className={failed ? 'max-w-prose min-w-0 flex-1 basis-60 text-warn' : 'text-ok'}>
        {failed ?? (state && 'done' in state ? state.done : '')}
      </span>
    </form>
  )
}

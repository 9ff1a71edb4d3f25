'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import type { ConfirmState } from '@/components/ui/confirm'

type Props = {
  role: string
  /** What the preview said: only that is saved. */
  seen: string
  verb: string
  danger: boolean
  /** Nothing to save (any more): only what came of it is shown. */
  idle: boolean
  action: (state: ConfirmState, form: FormData) => Promise<ConfirmState>
}

/** Saves what was previewed. */
export function MappingForm({ role, seen, verb, danger, idle, action }: Props) {
  const [state, submit, pending] = useActionState(action, null)
  const error = state && 'error' in state ? state.error : null
  return (
    <form action={submit} className="flex flex-wrap items-center gap-3">
      <input type="hidden" name="role" value={role} />
      <input type="hidden" name="seen" value={seen} />
      {idle ? null : (
        <Button type="submit" look={danger ? 'danger' : 'primary'} disabled={pending}>
          {verb}
        </Button>
      )}
      <span role="status" className={error ? 'text-fail' : 'text-ok'}>
        {error ?? (state && 'done' in state ? state.done : '')}
      </span>
    </form>
  )
}

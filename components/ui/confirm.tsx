'use client'

import { type ReactNode, useActionState, useId } from 'react'
import { Button } from './button'
import type { Look } from './button-class'
import { Dialog } from './dialog'

/** What an action tells the form that sent it; null before it was sent. */
export type ConfirmState = { error: string } | { done: string } | null

type Props = {
  trigger: ReactNode
  triggerLabel?: string
  look?: Look
  /** Names the thing and the consequence: "Revoke scim_…x7Qf?" */
  title: ReactNode
  /** What will happen, and any field of the form. */
  children: ReactNode
  /** Values sent along. */
  values?: Record<string, string>
  /** A verb: "Revoke token". */
  verb: string
  danger?: boolean
  action: (state: ConfirmState, form: FormData) => Promise<ConfirmState>
}

/** Asks before it acts. A server action in a dialog; without scripts, a form that unfolds. */
export function Confirm({
  trigger,
  triggerLabel,
  look = 'plain',
  title,
  children,
  values = {},
  verb,
  danger = false,
  action,
}: Props) {
  const [state, submit, pending] = useActionState(action, null)
  const done = state && 'done' in state ? state.done : null
  const cancel = useId()
  return (
    <>
      {/* A new dialog, closed, once it is done. */}
      <Dialog key={done} trigger={trigger} look={look} title={title} {...(triggerLabel ? { triggerLabel } : {})}>
        <form id={cancel} method="dialog" className="hidden" />
        <form action={submit} className="grid gap-4">
          {Object.entries(values).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <div className="grid gap-3 text-muted">{children}</div>
          {state && 'error' in state ? (
            <p role="alert" className="rounded-md bg-fail-soft px-3 py-2">
              {state.error}
            </p>
          ) : null}
          <div className="flex flex-wrap justify-end gap-2">
            {/* Without scripts it is unfolded in place, and folds where it unfolded. */}
            <Button type="submit" form={cancel} look="quiet" className="needs-script">
              Cancel
            </Button>
            <Button type="submit" look={danger ? 'danger' : 'primary'} disabled={pending}>
              {verb}
            </Button>
          </div>
        </form>
      </Dialog>
      <span role="status" className={done ? 'text-xs text-ok' : 'sr-only'}>
        {done}
      </span>
    </>
  )
}

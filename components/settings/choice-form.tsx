'use client'

import { type ReactNode, useActionState } from 'react'
import { Button } from '@/components/ui/button'
import type { ConfirmState } from '@/components/ui/confirm'

export type Choice = { value: string; name: string; text: ReactNode; disabled?: boolean }

type Props = {
  /** The field's name and what a screen reader calls the group. */
  name: string
  legend: string
  choices: Choice[]
  chosen: string
  verb: string
  /** Only shows what is set. */
  locked?: boolean
  action: (state: ConfirmState, form: FormData) => Promise<ConfirmState>
}

/** One of a few, each with what it means, saved by a button. */
export function ChoiceForm({ name, legend, choices, chosen, verb, locked = false, action }: Props) {
  const [state, submit, pending] = useActionState(action, null)
  return (
    <form action={submit} key={chosen} className="grid gap-3 p-4">
      <fieldset disabled={locked} className="grid gap-3">
        <legend className="sr-only">{legend}</legend>
        {choices.map((each) => (
          <label key={each.value} className="grid grid-cols-[auto_1fr] items-start gap-x-2.5 max-sm:min-h-11">
            <input
              type="radio"
              name={name}
              value={each.value}
              defaultChecked={each.value === chosen}
              disabled={each.disabled}
              className="mt-0.5 size-4"
            />
            <span>
              <span className="font-medium">{each.name}</span>
              <span className="block text-xs text-muted">{each.text}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p className="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={pending || locked}>
          {verb}
        </Button>
        <span role="status" className={state && 'error' in state ? 'text-fail' : 'text-ok'}>
          {state ? ('error' in state ? state.error : state.done) : ''}
        </span>
      </p>
    </form>
  )
}

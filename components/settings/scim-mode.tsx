'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import type { ConfirmState } from '@/components/ui/confirm'

const modes = [
  ['okta', 'Okta', 'Takes what Okta really sends: text booleans, PATCH without a path, empty text for no value.'],
  ['entra', 'Microsoft Entra', 'The same, and replacing an e-mail or phone that is not there creates it.'],
  ['strict', 'Strict', 'RFC 7644 to the letter. For testing a client; unknown attributes are refused.'],
] as const

type Props = {
  mode: (typeof modes)[number][0]
  /** Without it the form only shows what is set. */
  confirmed: boolean
  action: (state: ConfirmState, form: FormData) => Promise<ConfirmState>
}

/** Which client talks to us. */
export function ScimMode({ mode, confirmed, action }: Props) {
  const [state, submit, pending] = useActionState(action, null)
  return (
    <form action={submit} key={mode} className="grid gap-3 p-4">
      <fieldset disabled={!confirmed} className="grid gap-3">
        <legend className="sr-only">Which client sends</legend>
        {modes.map(([value, name, text]) => (
          <label key={value} className="grid grid-cols-[auto_1fr] items-start gap-x-2.5 max-sm:min-h-11">
            <input type="radio" name="mode" value={value} defaultChecked={value === mode} className="mt-0.5 size-4" />
            <span>
              <span className="font-medium">{name}</span>
              <span className="block text-xs text-muted">{text}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p className="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={pending || !confirmed}>
          Save
        </Button>
        <span role="status" className={state && 'error' in state ? 'text-fail' : 'text-ok'}>
          {state ? ('error' in state ? state.error : state.done) : ''}
        </span>
      </p>
    </form>
  )
}

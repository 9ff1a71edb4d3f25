'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import type { ConfirmState } from '@/components/ui/confirm'

const policies = [
  ['off', 'Off', 'Anybody Okta assigns comes in, whatever the address.'],
  ['warn', 'Warn', 'Anybody comes in; who is outside your domains is marked in the log.'],
  [
    'enforce',
    'Enforce',
    'Okta, the import and admins get an error for who is outside. People who are here already stay; leaving always works.',
  ],
] as const

type Props = {
  policy: (typeof policies)[number][0]
  hasDomain: boolean
  action: (state: ConfirmState, form: FormData) => Promise<ConfirmState>
}

/** What happens to people outside the verified domains. */
export function DomainPolicy({ policy, hasDomain, action }: Props) {
  const [state, submit, pending] = useActionState(action, null)
  return (
    <form action={submit} key={policy} className="grid gap-3 p-4">
      <fieldset className="grid gap-3">
        <legend className="sr-only">Who may come in</legend>
        {policies.map(([value, name, text]) => {
          const impossible = value === 'enforce' && !hasDomain
          return (
            <label key={value} className="grid grid-cols-[auto_1fr] items-start gap-x-2.5 max-sm:min-h-11">
              <input
                type="radio"
                name="policy"
                value={value}
                defaultChecked={value === policy}
                disabled={impossible}
                className="mt-0.5 size-4"
              />
              <span>
                <span className="font-medium">{name}</span>
                <span className="block text-xs text-muted">
                  {text}
                  {impossible ? ' Verify a domain first: without one, nobody could come in.' : ''}
                </span>
              </span>
            </label>
          )
        })}
      </fieldset>
      <p className="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={pending}>
          Save policy
        </Button>
        <span role="status" className={state && 'error' in state ? 'text-fail' : 'text-ok'}>
          {state ? ('error' in state ? state.error : state.done) : ''}
        </span>
      </p>
    </form>
  )
}

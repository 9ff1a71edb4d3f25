'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import type { ConfirmState } from '@/components/ui/confirm'
import { Select } from '@/components/ui/field'
import type { Person } from '@/lib/directory/person'
import { roleWords } from './words'

type Role = Person['role']

export type RoleFormProps = {
  now: Role | null
  /** Only owners make and unmake owners. */
  mayOwner: boolean
  action: (state: ConfirmState, form: FormData) => Promise<ConfirmState>
}

const roles: Role[] = ['member', 'manager', 'admin', 'owner']

/** The role given by hand; what groups and Okta give counts beside it. */
export function RoleForm({ now, mayOwner, action }: RoleFormProps) {
  const [state, submit, pending] = useActionState(action, null)
  const locked = now === 'owner' && !mayOwner
  return (
    <form action={submit} className="flex flex-wrap items-end gap-2 border-t border-border px-4 py-3">
      <Select
        key={now ?? ''}
        label="By hand"
        name="role"
        defaultValue={now ?? ''}
        disabled={locked}
        hint={locked ? 'Only an owner takes ownership back.' : undefined}
        error={state && 'error' in state ? state.error : undefined}
        className="min-w-40 flex-1"
      >
        <option value="">Nothing: groups and Okta decide</option>
        {roles
          .filter((role) => role !== 'owner' || mayOwner || now === 'owner')
          .map((role) => (
            <option key={role} value={role}>
              {roleWords[role]}
            </option>
          ))}
      </Select>
      <Button type="submit" disabled={pending || locked} className="min-h-9 max-sm:min-h-11">
        Save role
      </Button>
      <span role="status" className={state && 'done' in state ? 'text-xs text-ok' : 'sr-only'}>
        {state && 'done' in state ? state.done : ''}
      </span>
    </form>
  )
}

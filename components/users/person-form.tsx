'use client'

import { useActionState, useEffect, useRef } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Input, Select } from '@/components/ui/field'
import type { PersonErrors, PersonForm as Values } from '@/lib/directory/person-form'
import type { RoleFormProps } from './role-form'
import { roleWords } from './words'

/** What was typed comes back with what is wrong with it. */
export type PersonFormState = { values?: Partial<Values> & { role?: string }; errors?: PersonErrors; problem?: string }

type Props = {
  action: (state: PersonFormState, form: FormData) => Promise<PersonFormState>
  values?: Partial<Values>
  /** Adding: also the role. The roles the viewer may give. */
  roles?: NonNullable<RoleFormProps['now']>[]
  verb: string
  cancel: string
}

const fields: { name: keyof Values; label: string; hint?: string; type?: string; wide?: boolean }[] = [
  { name: 'givenName', label: 'First name' },
  { name: 'familyName', label: 'Last name' },
  { name: 'email', label: 'Work e-mail', type: 'email', hint: 'What they sign in with', wide: true },
  { name: 'userName', label: 'User name', hint: 'Empty: the e-mail address' },
  { name: 'displayName', label: 'Display name', hint: 'Empty: first and last name' },
  { name: 'title', label: 'Title' },
  { name: 'department', label: 'Department' },
]

/** The profile of a person Okta does not manage. Works before its script has loaded. */
export function PersonForm({ action, values, roles, verb, cancel }: Props) {
  const [state, submit, pending] = useActionState(action, {})
  const form = useRef<HTMLFormElement>(null)
  const { errors } = state
  useEffect(() => {
    if (errors) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [errors])
  const shown = { ...values, ...state.values }
  return (
    <form ref={form} action={submit} className="grid gap-4 p-4" noValidate>
      {state.problem ? (
        <p role="alert" className="rounded-md bg-fail-soft px-3 py-2">
          {state.problem}
        </p>
      ) : null}
      <div key={JSON.stringify(state)} className="grid gap-4 sm:grid-cols-2">
        {fields.map(({ name, label, hint, type = 'text', wide }) => (
          <Input
            key={name}
            name={name}
            label={label}
            hint={hint}
            type={type}
            dir="auto"
            autoComplete="off"
            maxLength={512}
            required={name === 'email' && roles !== undefined}
            defaultValue={shown[name]}
            error={errors?.[name]}
            className={wide ? 'sm:col-span-2' : undefined}
          />
        ))}
        {roles ? (
          <Select
            name="role"
            label="Role"
            defaultValue={state.values?.role ?? ''}
            hint="The highest of this and what groups give wins"
          >
            <option value="">What groups and the default give</option>
            {roles.map((role) => (
              <option key={role} value={role}>
                {roleWords[role]}
              </option>
            ))}
          </Select>
        ) : null}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" disabled={pending}>
          {verb}
        </Button>
        <ButtonLink href={cancel} look="quiet">
          Cancel
        </ButtonLink>
      </div>
    </form>
  )
}

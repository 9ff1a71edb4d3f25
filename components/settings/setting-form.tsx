'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Input, Select } from '@/components/ui/field'

/** `ask`: what saving would do, to be said yes to; the same values are sent again. */
export type SettingState = {
  values: Record<string, string>
  fields: Partial<Record<string, string>>
  ask?: string
  /** What a yes to it is to say, where the values alone are not all that was agreed to. */
  sure?: string
  done?: string
} | null

export type SettingField = {
  name: string
  label: string
  value: string
  hint?: string
  /** Choices make it a select, bounds a number. */
  choices?: readonly (readonly [value: string, label: string])[]
  min?: number
  max?: number
  maxLength?: number
  placeholder?: string
  required?: boolean
  /** On or off: `value` is 'on' or empty. */
  isSwitch?: boolean
}

type Props = {
  fields: SettingField[]
  action: (state: SettingState, form: FormData) => Promise<SettingState>
  /** What the button says once it has been asked: "Delete them and save". */
  yes?: string
  /** What it says before. */
  verb?: string
  /** Only shows what is set. */
  locked?: boolean
}

/** A few settings that are saved together. Wrong values come back with what is wrong; works before scripts load. */
export function SettingForm({ fields, action, yes = 'Save all the same', verb = 'Save', locked = false }: Props) {
  const [state, submit, pending] = useActionState(action, null)
  const { ask, done } = state ?? {}
  const wrong = Object.values(state?.fields ?? {}).some(Boolean)
  return (
    <form action={submit} className="grid gap-4 p-4">
      <fieldset disabled={locked} className="grid gap-4 sm:grid-cols-2">
        {fields.map((field) => (
          <Field
            key={`${field.name} ${state?.values[field.name] ?? field.value}`}
            {...field}
            value={state?.values[field.name] ?? field.value}
            error={state?.fields[field.name]}
          />
        ))}
      </fieldset>
      {ask ? (
        <p role="alert" className="rounded-md bg-warn-soft px-3 py-2">
          {ask}
          <input type="hidden" name="sure" value={state?.sure ?? JSON.stringify(state?.values)} />
        </p>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look={ask ? 'danger' : 'plain'} disabled={pending || locked}>
          {ask ? yes : verb}
        </Button>
        <span role="status" className={done ? 'text-ok' : 'text-fail'}>
          {done ?? (wrong ? 'Nothing was saved.' : '')}
        </span>
      </div>
    </form>
  )
}

function Field({ choices, value, min, max, error, isSwitch, ...rest }: SettingField & { error: string | undefined }) {
  if (isSwitch) {
    return (
      <label className="flex min-h-6 items-center gap-2.5 max-sm:min-h-11 sm:col-span-2">
        <input type="checkbox" name={rest.name} defaultChecked={value === 'on'} className="size-4" />
        {rest.label}
      </label>
    )
  }
  if (choices) {
    return (
      <Select defaultValue={value} error={error} {...rest}>
        {choices.map(([each, label]) => (
          <option key={each} value={each}>
            {label}
          </option>
        ))}
      </Select>
    )
  }
  const number = min === undefined ? {} : { type: 'number', inputMode: 'numeric' as const, min, max }
  return <Input defaultValue={value} error={error} autoComplete="off" {...number} {...rest} />
}

'use client'

import Plus from 'lucide-react/icons/plus'
import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/field'

type State = {
  errors?: { title?: string | undefined; dueOn?: string | undefined }
  title?: string
  dueOn?: string
  added?: string
}
type Props = { action: (state: State, form: FormData) => Promise<State> }

/** The form of a new task; works before its script has loaded. */
export function AddTask({ action }: Props) {
  const [state, submit, pending] = useActionState(action, {})
  return (
    <form action={submit} key={state.added ?? ''} className="flex flex-wrap items-start gap-2 p-3">
      <Input
        label="New task"
        hideLabel
        name="title"
        placeholder="What is there to do?"
        required
        maxLength={200}
        autoComplete="off"
        defaultValue={state.title}
        error={state.errors?.title}
        className="min-w-0 flex-1 basis-60"
      />
      <Input
        label="Due on"
        hideLabel
        type="date"
        name="dueOn"
        defaultValue={state.dueOn}
        error={state.errors?.dueOn}
        className="w-38 max-sm:flex-1"
      />
      <Button type="submit" look="primary" disabled={pending} className="min-h-9">
        <Plus size={16} aria-hidden="true" />
        Add task
      </Button>
    </form>
  )
}

'use client'

import { useActionState } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import type { Task } from '@/lib/tasks/list-tasks'
import type { TaskActions } from './types'

type Props = { task: Task; action: TaskActions['change']; list: 'mine' | 'team' }

/** Another title or day for a task. */
export function EditTask({ task, action, list }: Props) {
  const [state, submit, pending] = useActionState(action, {})
  return (
    <form
      action={submit}
      key={JSON.stringify(state)}
      className="flex flex-wrap items-end gap-2 bg-raised px-3 py-2.5 pl-12 max-sm:pl-3"
    >
      <input type="hidden" name="task" value={task.id} />
      <input type="hidden" name="list" value={list} />
      <Input
        label="Title"
        name="title"
        required
        maxLength={200}
        dir="auto"
        autoComplete="off"
        defaultValue={state.title ?? task.title}
        error={state.errors?.title}
        className="min-w-0 flex-1 basis-60"
      />
      <Input
        label="Due on"
        type="date"
        name="dueOn"
        defaultValue={state.dueOn ?? task.dueOn ?? ''}
        error={state.errors?.dueOn}
        className="w-38 max-sm:flex-1"
      />
      <Button type="submit" look="primary" disabled={pending} className="min-h-9">
        Save task
      </Button>
      <ButtonLink href="?" look="quiet" className="min-h-9">
        Cancel
      </ButtonLink>
    </form>
  )
}

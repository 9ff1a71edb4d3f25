import clsx from 'clsx'
import Check from 'lucide-react/icons/check'
import Pencil from 'lucide-react/icons/pencil'
import Trash from 'lucide-react/icons/trash-2'
import UserRoundPlus from 'lucide-react/icons/user-round-plus'
import { Button, ButtonLink } from '@/components/ui/button'
import { dayText } from '@/components/ui/format'
import type { Task } from '@/lib/tasks/list-tasks'
import { EditTask } from './edit-task'
import { HandOverForm } from './hand-over-form'
import type { OpenForms, TaskActions } from './types'

type Props = { task: Task; today: string; actions: TaskActions; list: 'mine' | 'team' } & OpenForms

/** One task: tick, title, when it is due, edit, hand over, remove. Each is a form of its own. */
export function TaskRow({ task, today, actions, list, handOver, editing }: Props) {
  return (
    <li id={`task-${task.id}`} className="border-b border-border last:border-0">
      <div className="flex items-center gap-1.5 py-1.5 pr-2 pl-1.5">
        <Tick task={task} action={actions.complete} />
        <p className="min-w-0 flex-1 sm:flex sm:items-baseline sm:gap-3">
          <bdi className={clsx('font-medium', task.done && 'text-muted line-through')}>{task.title}</bdi>
          {task.from ? <span className="block text-xs text-muted sm:inline">from {task.from}</span> : null}
          {task.dueOn && !task.done ? <Due day={task.dueOn} today={today} /> : null}
        </p>
        {task.done ? null : (
          <ButtonLink
            look="quiet"
            href={`?edit=${task.id}#task-${task.id}`}
            aria-label={`Edit “${task.title}”`}
            className="px-2"
          >
            <Pencil size={15} aria-hidden="true" />
          </ButtonLink>
        )}
        {task.done ? null : (
          <ButtonLink
            look="quiet"
            href={`?hand=${task.id}#task-${task.id}`}
            aria-label={`Hand over “${task.title}”`}
            className="px-2"
          >
            <UserRoundPlus size={15} aria-hidden="true" />
            <span className="max-sm:sr-only">Hand over</span>
          </ButtonLink>
        )}
        <form action={actions.remove}>
          <input type="hidden" name="task" value={task.id} />
          <Button type="submit" look="quiet" aria-label={`Delete “${task.title}”`} className="px-2">
            <Trash size={15} aria-hidden="true" />
          </Button>
        </form>
      </div>
      {editing === task.id && !task.done ? <EditTask task={task} action={actions.change} list={list} /> : null}
      {handOver?.taskId === task.id ? (
        <HandOverForm task={task} handOver={handOver} action={actions.reassign} list={list} />
      ) : null}
    </li>
  )
}

function Tick({ task, action }: { task: Task; action: TaskActions['complete'] }) {
  return (
    <form action={action}>
      <input type="hidden" name="task" value={task.id} />
      <input type="hidden" name="done" value={task.done ? '0' : '1'} />
      <button
        type="submit"
        aria-label={task.done ? `Open “${task.title}” again` : `Complete “${task.title}”`}
        className="group grid size-8 place-items-center rounded-md max-sm:size-11"
      >
        <span
          className={clsx(
            'grid size-[18px] place-items-center rounded border',
            task.done ? 'border-accent bg-accent text-accent-text' : 'border-control group-hover:border-accent',
          )}
        >
          <Check
            size={13}
            strokeWidth={3}
            aria-hidden="true"
            className={task.done ? '' : 'text-accent opacity-0 group-hover:opacity-100'}
          />
        </span>
      </button>
    </form>
  )
}

function Due({ day, today }: { day: string; today: string }) {
  const late = day < today
  const words = day === today ? 'today' : dayText(day, today)
  return (
    <time
      dateTime={day}
      className={clsx(
        'block text-xs max-sm:whitespace-normal sm:ml-auto',
        late ? 'font-medium text-fail' : 'text-muted',
      )}
    >
      {late ? `overdue since ${words}` : `due ${words}`}
    </time>
  )
}

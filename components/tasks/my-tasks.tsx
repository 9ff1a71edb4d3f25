import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { counted } from '@/components/ui/format'
import type { Task } from '@/lib/tasks/list-tasks'
import { AddTask } from './add-task'
import { TaskRow } from './task-row'
import type { OpenForms, TaskActions } from './types'

type Props = {
  open: Task[]
  done: Task[]
  today: string
  add: Parameters<typeof AddTask>[0]['action']
  actions: TaskActions
} & OpenForms

export function MyTasks({ open, done, today, add, actions, handOver, editing }: Props) {
  const row = { today, actions, list: 'mine' as const, handOver, editing }
  return (
    <div className="grid gap-5">
      <Card title="To do" note={open.length > 0 ? <Count open={open} today={today} /> : undefined}>
        <div className="border-b border-border">
          <AddTask action={add} />
        </div>
        {open.length > 0 ? (
          <ul>
            {open.map((task) => (
              <TaskRow key={task.id} task={task} {...row} />
            ))}
          </ul>
        ) : (
          <EmptyState title={done.length > 0 ? 'All done.' : 'Nothing to do yet.'}>
            Add your first task above, or wait until a colleague hands one over. Your tasks stay yours: leave, come
            back, and they are still here.
          </EmptyState>
        )}
      </Card>
      {done.length > 0 ? (
        <Card title="Done" note="the last 20">
          <ul>
            {done.map((task) => (
              <TaskRow key={task.id} task={task} {...row} />
            ))}
          </ul>
        </Card>
      ) : null}
    </div>
  )
}

function Count({ open, today }: { open: Task[]; today: string }) {
  const late = open.filter(({ dueOn }) => dueOn !== null && dueOn < today).length
  return (
    <>
      {counted(open.length, 'task')}
      {late > 0 ? (
        <>
          , <span className="font-medium text-fail">{late} overdue</span>
        </>
      ) : null}
    </>
  )
}

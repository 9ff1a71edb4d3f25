import { Avatar } from '@/components/ui/avatar'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { counted } from '@/components/ui/format'
import type { PersonTasks } from '@/lib/tasks/list-tasks'
import { TaskRow } from './task-row'
import type { OpenForms, TaskActions } from './types'

type Props = { people: PersonTasks[]; today: string; actions: TaskActions } & OpenForms

/** Open tasks person by person; those of people who left come first, so that somebody takes them. */
export function TeamTasks({ people, today, actions, handOver, editing }: Props) {
  return (
    <div className="grid gap-4">
      {people.map(({ person, tasks }) => (
        <Card
          key={person.id}
          listed
          title={
            <span className="flex items-center gap-2.5">
              <Avatar name={person.name} className="size-6 text-[10px]" />
              <span title={person.userName}>{person.name}</span>
              {person.active ? null : <Badge tone="warn">left: hand these over</Badge>}
            </span>
          }
          note={counted(tasks.length, 'open task')}
        >
          <ul>
            {tasks.map((task) => (
              <TaskRow
                key={task.id}
                task={task}
                today={today}
                actions={actions}
                list="team"
                handOver={handOver}
                editing={editing}
              />
            ))}
          </ul>
        </Card>
      ))}
    </div>
  )
}

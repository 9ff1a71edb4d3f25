import { Button, ButtonLink } from '@/components/ui/button'
import { Input, Select } from '@/components/ui/field'
import type { Task } from '@/lib/tasks/list-tasks'
import type { HandOver, TaskActions } from './types'

type Props = { task: Task; handOver: HandOver; action: TaskActions['reassign']; list: 'mine' | 'team' }

/** To whom a task goes: active people of this org. */
export function HandOverForm({ task, handOver, action, list }: Props) {
  const others = handOver.people.filter((person) => person.id !== task.assigneeId)
  return (
    <div className="bg-raised px-3 py-2.5 pl-12 max-sm:pl-3">
      {handOver.more ? <Narrow task={task} who={handOver.who} /> : null}
      <form action={action} className="flex flex-wrap items-end gap-2">
        <input type="hidden" name="task" value={task.id} />
        <input type="hidden" name="list" value={list} />
        <Select
          label={`Hand “${task.title}” over to`}
          name="person"
          required
          className="min-w-0 basis-64"
          defaultValue=""
        >
          <option value="" disabled>
            Choose a colleague
          </option>
          {others.map((person) => (
            <option key={person.id} value={person.id}>
              {`${person.name} (${person.userName})`}
            </option>
          ))}
        </Select>
        <Button type="submit" look="primary" className="min-h-9">
          Hand over
        </Button>
        <ButtonLink href="?" look="quiet" className="min-h-9">
          Cancel
        </ButtonLink>
      </form>
    </div>
  )
}

/** Too many colleagues for one list: looks for one by name. A plain form that asks for the same page. */
function Narrow({ task, who }: { task: Task; who: string }) {
  return (
    <search>
      <form className="mb-2 flex flex-wrap items-end gap-2">
        <input type="hidden" name="hand" value={task.id} />
        <Input
          label="Find a colleague"
          type="search"
          name="who"
          defaultValue={who}
          maxLength={100}
          className="basis-64"
        />
        <Button type="submit" className="min-h-9">
          Find
        </Button>
      </form>
    </search>
  )
}

/** @jsxImportSource hono/jsx */
import type { Org, Store } from '../store'
import { type OpenTask, openTasks } from '../tasks'
import type { Flash } from './flash'
import { Shell } from './layout'
import { clock, RequestList } from './log'

/** Tasks: jobs that failed, or wait for their next try, with "Retry selected". */
export function TasksPage({ store, org, flash }: { store: Store; org: Org; flash: Flash | null }) {
  const { slug } = org.config
  const tasks = openTasks(org)
  const fresh = org.state.log.filter(({ id }) => flash?.requests?.includes(id))
  return (
    <Shell store={store} org={org} tab="tasks" title="Tasks" flash={flash}>
      <h2>Tasks</h2>
      <p class="lead">
        What Rollcall refused stays here until it is retried. A 429 or a lost answer is tried again without anybody’s
        help, ten times in all; a newer change of the same person takes its place.
      </p>
      {tasks.length === 0 ? (
        <p class="card empty">No open tasks.</p>
      ) : (
        <form method="post" action={`/admin/${slug}/tasks`} class="stack">
          <ul class="card task-list">
            {tasks.map((task) => (
              <TaskRow key={task.id} slug={slug} task={task} />
            ))}
          </ul>
          <div class="inline">
            <button class="button" type="submit">
              Retry selected
            </button>
            <a href={`/admin/${slug}/tasks`}>Look again</a>
          </div>
        </form>
      )}
      {fresh.length > 0 ? (
        <>
          <h3>What the retry sent</h3>
          <RequestList org={org} entries={fresh} fresh={flash?.requests} />
        </>
      ) : null}
    </Shell>
  )
}

function TaskRow({ slug, task }: { slug: string; task: OpenTask }) {
  const { id, kind, name, state, message, at, until, tries } = task
  const page = `/admin/${slug}/${kind === 'person' ? 'people' : 'groups'}/${id}`
  return (
    <li>
      <input type="checkbox" name="task" value={id} checked aria-label={`Retry ${name}`} />
      <div>
        <span class="badges">
          <a class="who" href={page}>
            {name}
          </a>
          {state === 'waiting' ? (
            <span class="badge badge-warn">Waiting</span>
          ) : (
            <span class="badge badge-bad">Failed</span>
          )}
        </span>
        <p>{message}</p>
        <p class="quiet">
          {until ? (
            <>
              Try {(tries ?? 0) + 1} of 10 at <time datetime={until}>{clock(until)}</time>
            </>
          ) : (
            <time datetime={at}>{clock(at)}</time>
          )}
        </p>
      </div>
    </li>
  )
}

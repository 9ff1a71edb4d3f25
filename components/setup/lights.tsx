import clsx from 'clsx'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import { Time } from '@/components/ui/time'
import { type Diagnosis, LIGHTS, type Light } from '@/lib/orgs/setup'

type Seen = { at: string; targetName: string | null } | null
type Props = {
  seen: Record<Light, Seen>
  diagnoses: readonly Diagnosis[]
  /** How the connection is tested there. */
  test: string
  /** Where events are shown; null for who may not see them. */
  eventsPath: string | null
  rolesPath: string | null
}

const names: Record<Light, string> = {
  test: 'Credentials tested',
  lookup: 'First look-up',
  person: 'First person',
  group: 'First group',
  role: 'A group gives a role',
}

/** What has arrived from the other side, what is waited for, and what is in the way. */
export function Lights({ seen, diagnoses, test, eventsPath, rolesPath }: Props) {
  const next = LIGHTS.find((light) => !seen[light])
  const todo: Record<Light, string> = {
    test,
    lookup: 'Assign one person to the app: the first thing asked is whether they are here.',
    person: 'The person who was assigned is added, or taken over when they are here already.',
    group: 'Push one group, on the Push Groups tab.',
    role: 'Choose which role its members have here.',
  }
  return (
    <ol className="divide-y divide-border">
      {LIGHTS.map((light) => {
        const event = seen[light]
        const wrong = diagnoses.filter((each) => each.light === light)
        const Icon = wrong.length > 0 ? CircleAlert : event ? CircleCheck : CircleDashed
        const failed = wrong.some(({ tone }) => tone === 'fail')
        const colour = failed ? 'text-fail' : wrong.length > 0 ? 'text-warn' : event ? 'text-ok' : 'text-muted'
        return (
          <li key={light} aria-current={light === next ? 'step' : undefined} className="flex gap-3 px-4 py-3">
            <Icon size={20} aria-hidden="true" className={clsx('mt-0.5 shrink-0', colour)} />
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-medium">{names[light]}</span>
                <span className={clsx('text-xs', colour)}>
                  {event ? (
                    <>
                      arrived <Time at={event.at} />
                    </>
                  ) : wrong.length > 0 ? (
                    'not yet: see below'
                  ) : light === next ? (
                    'waiting …'
                  ) : (
                    'not yet'
                  )}
                </span>
              </p>
              {event ? null : <p className="text-muted">{todo[light]}</p>}
              {light === 'role' && rolesPath && seen.group ? (
                <a className="inline-flex min-h-6 items-center text-accent underline" href={rolesPath}>
                  {event ? 'Groups and their roles' : 'Give a group a role'}
                </a>
              ) : null}
              {wrong.map(({ what, fix, ref, at, tone }) => (
                <div
                  key={what}
                  role="status"
                  className={clsx('mt-2 rounded-md px-3 py-2', tone === 'fail' ? 'bg-fail-soft' : 'bg-warn-soft')}
                >
                  <p className="font-medium break-words">{what}</p>
                  <p className="break-words">{fix}</p>
                  {at ? (
                    <p className="text-xs text-muted">
                      <Time at={at} />
                      {ref && eventsPath ? (
                        <>
                          {' · '}
                          <a className="font-mono underline" href={`${eventsPath}/${ref}`}>
                            {ref}
                          </a>
                        </>
                      ) : null}
                    </p>
                  ) : null}
                </div>
              ))}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

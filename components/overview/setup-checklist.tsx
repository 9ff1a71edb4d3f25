import Circle from 'lucide-react/icons/circle'
import CircleCheck from 'lucide-react/icons/circle-check'
import Link from 'next/link'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { SetupStep } from '@/lib/events/overview'

const steps: [step: SetupStep, what: string, path: string][] = [
  ['connection', 'Tell Rollcall about your Okta', '/setup?step=sign-in'],
  ['tested', 'Sign in through it once', '/setup?step=sign-in'],
  ['token', 'Create a SCIM token', '/setup?step=provisioning'],
  ['request', 'Receive Okta’s first request', '/setup?step=listen'],
  ['person', 'Assign one person in Okta', '/setup?step=listen'],
  ['group', 'Push one group', '/setup?step=listen'],
]

/** What is left to set up; ticks come from what was recorded, never from clicks. */
export function SetupChecklist({ org, done }: { org: string; done: SetupStep[] }) {
  const next = steps.find(([step]) => !done.includes(step))
  return (
    <Card title="Set up" note={`${done.length} of ${steps.length} done`}>
      <ol className="grid gap-x-6 gap-y-1 px-4 py-3 sm:grid-cols-2 lg:grid-cols-3">
        {steps.map(([step, what, path]) => {
          const isDone = done.includes(step)
          const Icon = isDone ? CircleCheck : Circle
          return (
            <li
              key={step}
              aria-current={next?.[0] === step ? 'step' : undefined}
              className="flex min-h-6 items-center gap-2"
            >
              <Icon size={16} aria-hidden="true" className={isDone ? 'text-ok' : 'text-muted'} />
              {isDone ? (
                <span className="text-muted">
                  {what} <span className="sr-only">(done)</span>
                </span>
              ) : (
                <Link
                  href={`/orgs/${org}/admin${path}`}
                  prefetch={false}
                  className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline"
                >
                  {what}
                </Link>
              )}
            </li>
          )
        })}
      </ol>
      <div className="px-4 pb-4">
        <ButtonLink look="primary" href={`/orgs/${org}/admin${next?.[2] ?? '/setup'}`}>
          {done.length === 0 ? 'Begin the setup' : 'Go on with the setup'}
        </ButtonLink>
      </div>
    </Card>
  )
}

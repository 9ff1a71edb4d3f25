import clsx from 'clsx'
import CircleCheck from 'lucide-react/icons/circle-check'
import Link from 'next/link'
import { SETUP_STEPS, type SetupStepName } from '@/lib/orgs/setup-steps'

export const stepTitles: Record<SetupStepName, string> = {
  idp: 'Choose your identity provider',
  'sign-in': 'Set up sign-in',
  provisioning: 'Set up provisioning',
  listen: 'Listen to the first requests',
  done: 'Finish',
}

type Props = { here: string; current: SetupStepName; done: readonly SetupStepName[] }

/** The steps in their order; each has an address, and its tick comes from what was recorded. A phone names the one at hand. */
export function StepList({ here, current, done }: Props) {
  return (
    <nav aria-label="Steps of the setup">
      <ol className="flex gap-1 sm:grid sm:grid-cols-5 lg:grid-cols-1">
        {SETUP_STEPS.map((step, at) => (
          <li
            key={step}
            aria-current={step === current ? 'step' : undefined}
            className={step === current ? 'max-sm:flex-1' : undefined}
          >
            <Link
              href={`${here}?step=${step}`}
              prefetch={false}
              className={clsx(
                'flex min-h-10 items-center gap-2.5 rounded-md px-2.5 py-1.5 hover:bg-raised max-sm:min-h-11 max-sm:min-w-11 max-sm:justify-center',
                step === current ? 'bg-accent-soft font-medium text-accent' : 'text-muted',
              )}
            >
              {done.includes(step) ? (
                <CircleCheck size={18} aria-hidden="true" className="shrink-0 text-ok" />
              ) : (
                <span
                  aria-hidden="true"
                  className="grid size-4.5 shrink-0 place-items-center rounded-full border border-control text-xs"
                >
                  {at + 1}
                </span>
              )}
              <span className={step === current ? undefined : 'max-sm:sr-only'}>
                {stepTitles[step]}
                {done.includes(step) ? <span className="sr-only"> (done)</span> : null}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}

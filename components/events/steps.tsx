import clsx from 'clsx'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import CircleX from 'lucide-react/icons/circle-x'
import type { EventView } from '@/lib/events/view'

type Step = NonNullable<EventView['trace']>[number]

const looks = {
  ok: { Icon: CircleCheck, word: 'passed', colour: 'text-ok' },
  skipped: { Icon: CircleDashed, word: 'skipped', colour: 'text-skip' },
  failed: { Icon: CircleX, word: 'stopped here', colour: 'text-fail' },
} satisfies Record<Step['outcome'], unknown>

/** How it was decided, step after step. */
export function Steps({ trace }: { trace: Step[] }) {
  return (
    <ol className="px-4 py-3">
      {trace.map((step, i) => {
        const { Icon, word, colour } = looks[step.outcome]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a trace never changes and a step may repeat
          <li key={i} className="relative flex gap-3 pb-3 last:pb-0">
            {i < trace.length - 1 ? (
              <span aria-hidden="true" className="absolute top-5 bottom-0 left-[7.5px] w-px bg-border" />
            ) : null}
            <Icon size={16} aria-hidden="true" className={clsx('mt-0.5 shrink-0', colour)} />
            <p className="min-w-0">
              <span className="mr-2 font-mono text-xs text-muted">{step.step}</span>
              <span className={step.outcome === 'skipped' ? 'text-muted' : ''}>{step.text}</span>
              {step.ms === undefined ? null : <span className="ml-2 font-mono text-xs text-muted">{step.ms} ms</span>}
              <span className="sr-only">, {word}</span>
            </p>
          </li>
        )
      })}
    </ol>
  )
}

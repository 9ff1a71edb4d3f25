import { buttonClass } from '@/components/ui/button-class'
import { Card } from '@/components/ui/card'
import { type Facts, JOHN } from '@/lib/demo/facts'
import { STORY, type Step } from '@/lib/demo/story'

type Props = { n: number; step: Step; facts: Facts; live: boolean }

const LEAVING = 5

/** One step: what it is called, what the presenter says, and what there is to look at. */
export function StepPanel({ n, step, facts, live }: Props) {
  return (
    <Card title={`${n}. ${step.title}`} note={`${n} of ${STORY.length}`}>
      <details open className="px-4 py-3" data-key="notes">
        <summary className="mb-1 text-xs font-medium text-muted">Presenter’s notes</summary>
        <ul className="grid gap-1.5">
          {step.say.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
      {step.tab && live ? <Tab tab={step.tab} /> : null}
      {n === LEAVING ? <Stopwatch told={facts.john?.told ?? null} /> : null}
    </Card>
  )
}

function Tab({ tab }: { tab: NonNullable<Step['tab']> }) {
  const query = new URLSearchParams({ login: JOHN.login, from: tab.from })
  return (
    <div className="flex flex-wrap items-center gap-3 border-t border-border px-4 py-3">
      <a
        href={tab.anew ? `/demo/sign-in/porter?${query}` : tab.from}
        target="_blank"
        rel="noopener"
        className={buttonClass('primary')}
      >
        {tab.label}
        <span className="sr-only">, in a new tab</span>
      </a>
      <p className="min-w-0 flex-1 basis-48 text-xs text-muted">{tab.note}</p>
    </div>
  )
}

function Stopwatch({ told }: { told: { ms: number; count: number } | null }) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 border-t border-border px-4 py-3">
      <span className="font-mono text-[34px] leading-10 font-semibold">{told ? `${told.ms} ms` : '…'}</span>
      <span className="text-muted">
        {told ? 'from the commit until his last open tab was told' : 'Waiting for an open tab of his to be told'}
      </span>
    </p>
  )
}

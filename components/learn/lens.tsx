import clsx from 'clsx'
import Check from 'lucide-react/icons/check'
import Minus from 'lucide-react/icons/minus'
import X from 'lucide-react/icons/x'
import { Tabs } from '@/components/ui/tabs'
import { seenAt } from '@/lib/lens/claims'
import { type LensName, lenses, lensWords, type Tone, year } from '@/lib/lens/year'
import type { PlayedYear, YearRun } from '@/lib/lens/year-run'
import { Bubble } from './bubble'

const marks: Record<Tone, { Icon: typeof Check; colour: string; word: string }> = {
  good: { Icon: Check, colour: 'text-ok', word: 'Good' },
  bad: { Icon: X, colour: 'text-fail', word: 'Bad' },
  quiet: { Icon: Minus, colour: 'text-muted', word: 'Neutral' },
}

type Props = {
  chosen: LensName
  /** Where a lens is an address: `?lens=` is put behind it. */
  path: string
  run: YearRun
  /** Where a row of the log opens, when the run is of this very server. */
  rowHref?: (company: PlayedYear['company'], ref: string) => string | null
}

/** John's year as one lens shows it. On paper, where nothing can be chosen, all three follow each other. */
export function Lens({ chosen, path, run, rowHref }: Props) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="flex">
        <Tabs
          label="Choose the lens"
          tabs={lenses.map((lens) => ({
            href: `${path}?lens=${lens}#lens`,
            label: lensWords[lens].label,
            current: lens === chosen,
          }))}
        />
      </div>
      {lenses.map((lens) => (
        <Year key={lens} lens={lens} hidden={lens !== chosen} played={run.years[lens]} rowHref={rowHref} />
      ))}
    </div>
  )
}

type YearProps = { lens: LensName; hidden: boolean; played: PlayedYear; rowHref: Props['rowHref'] }

function Year({ lens, hidden, played, rowHref }: YearProps) {
  const { label, verdict } = lensWords[lens]
  return (
    <section
      aria-labelledby={`lens-${lens}`}
      className={clsx(
        'overflow-clip rounded-card border border-border bg-surface shadow-card print:break-inside-avoid print:shadow-none',
        hidden && 'hidden print:block',
      )}
    >
      <header className="border-b border-border px-4 py-3">
        <h3 id={`lens-${lens}`} className="text-lg font-semibold tracking-tight">
          {label}
        </h3>
        <p className="text-muted">{verdict}</p>
      </header>
      <ol className="divide-y divide-border">
        {year.map((moment) => {
          const { tone, says } = moment[lens]
          const { Icon, colour, word } = marks[tone]
          return (
            <li key={moment.id} className="grid gap-x-6 gap-y-1 px-4 py-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
              <div>
                <p className="text-xs text-muted">{moment.when}</p>
                <p className="font-medium">{moment.what}</p>
              </div>
              <div className="min-w-0">
                <p className="flex gap-2">
                  <Icon size={16} strokeWidth={3} aria-hidden="true" className={clsx('mt-0.5 shrink-0', colour)} />
                  <span>
                    <span className="sr-only">{word}: </span>
                    {says}
                  </span>
                </p>
                {hidden ? null : (
                  <Bubble
                    what={moment.what}
                    played={played.moments[moment.id]}
                    seen={seenAt(lens, moment.id, played)}
                    rowHref={rowHref && ((ref) => rowHref(played.company, ref))}
                  />
                )}
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

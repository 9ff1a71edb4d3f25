import clsx from 'clsx'
import Check from 'lucide-react/icons/check'
import Minus from 'lucide-react/icons/minus'
import X from 'lucide-react/icons/x'
import { Tabs } from '@/components/ui/tabs'
import { type LensName, lenses, lensWords, type Tone, year } from './year'

const marks: Record<Tone, { Icon: typeof Check; colour: string; word: string }> = {
  good: { Icon: Check, colour: 'text-ok', word: 'Good' },
  bad: { Icon: X, colour: 'text-fail', word: 'Bad' },
  quiet: { Icon: Minus, colour: 'text-muted', word: 'Neutral' },
}

/** John's year as one lens shows it. On paper, where nothing can be chosen, all three follow each other. */
export function Lens({ chosen }: { chosen: LensName }) {
  return (
    <div className="grid gap-4">
      <div className="flex">
        <Tabs
          label="Choose the lens"
          tabs={lenses.map((lens) => ({
            href: `/learn?lens=${lens}#lens`,
            label: lensWords[lens].label,
            current: lens === chosen,
          }))}
        />
      </div>
      {lenses.map((lens) => (
        <Year key={lens} lens={lens} hidden={lens !== chosen} />
      ))}
    </div>
  )
}

function Year({ lens, hidden }: { lens: LensName; hidden: boolean }) {
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
              <p className="flex gap-2">
                <Icon size={16} strokeWidth={3} aria-hidden="true" className={clsx('mt-0.5 shrink-0', colour)} />
                <span>
                  <span className="sr-only">{word}: </span>
                  {says}
                </span>
              </p>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

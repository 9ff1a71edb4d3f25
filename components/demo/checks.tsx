import clsx from 'clsx'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import CircleX from 'lucide-react/icons/circle-x'
import { Card } from '@/components/ui/card'
import type { Check, Side } from '@/lib/demo/checks'

const looks = {
  yes: { Icon: CircleCheck, word: 'holds', colour: 'text-ok' },
  no: { Icon: CircleX, word: 'does not hold', colour: 'text-fail' },
  open: { Icon: CircleDashed, word: 'not yet', colour: 'text-skip' },
}
const lookOf = (ok: boolean | null) => looks[ok === null ? 'open' : ok ? 'yes' : 'no']

/** What must be true now, asked of both sides. Null: the step is over, and nobody kept what was seen. */
export function Checks({ checks, past }: { checks: Check[] | null; past: boolean }) {
  return (
    <Card title="Checked on both sides" note={past ? 'As it was at that step' : 'Now'}>
      {checks ? (
        <ul className="divide-y divide-border">
          {checks.map((check) => (
            <Claim key={check.claim} check={check} />
          ))}
        </ul>
      ) : (
        <p className="px-4 py-3 text-muted">The story has moved on. What was seen here was not kept.</p>
      )}
    </Card>
  )
}

function Claim({ check: { claim, okta, rollcall } }: { check: Check }) {
  const both =
    okta.ok === true && rollcall.ok === true ? true : okta.ok === false || rollcall.ok === false ? false : null
  const { Icon, word, colour } = lookOf(both)
  return (
    <li className="flex gap-2.5 px-4 py-2">
      <Icon size={18} aria-hidden="true" className={clsx('mt-px shrink-0', colour)} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {claim}
          <span className="sr-only">: {word}</span>
        </p>
        <dl className="grid gap-x-4 text-sm text-muted @md:grid-cols-2">
          <SideLine name="Okta" side={okta} />
          <SideLine name="Rollcall" side={rollcall} />
        </dl>
      </div>
    </li>
  )
}

function SideLine({ name, side }: { name: string; side: Side }) {
  const { word, colour } = lookOf(side.ok)
  return (
    <div className="flex gap-1.5">
      <dt className={clsx('shrink-0 font-medium', colour)}>{name}</dt>
      <dd className="min-w-0">
        {side.saw}
        <span className="sr-only">, {word}</span>
      </dd>
    </div>
  )
}

import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import type { ShownCase } from '@/lib/readiness/last-run'

/** Every case of the last run; open, it shows what was asked and what came back. */
export function Cases({ cases }: { cases: readonly ShownCase[] }) {
  return (
    <Card title="Cases of the last run" note="open one for its request and answer">
      <ul className="divide-y divide-border">
        {cases.map((each) => (
          <li key={each.id}>
            <details open={!each.ok}>
              <summary className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2 hover:bg-raised">
                <Badge tone={each.ok ? 'ok' : each.optional ? 'warn' : 'fail'}>{each.ok ? 'pass' : 'fail'}</Badge>
                <span className="font-mono text-xs leading-5 text-muted">{each.id}</span>
                <span>{each.title}</span>
                <span className="text-xs text-muted">
                  {each.suite}
                  {each.optional ? ', optional' : ''}
                </span>
              </summary>
              <div className="grid gap-2 px-4 pb-3">
                {each.problem ? <p className="text-fail">{each.problem}</p> : null}
                <Wire head={each.request} text={each.sent} />
                <Wire head={`→ ${each.status ?? 'no answer'}`} text={each.answer} />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Wire({ head, text }: { head: string; text: string | null }) {
  return (
    <div className="rounded-md bg-raised px-3 py-2 font-mono text-xs break-all">
      <p className="font-semibold">{head}</p>
      {text ? <p className="whitespace-pre-wrap">{text}</p> : null}
    </div>
  )
}

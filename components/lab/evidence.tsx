import clsx from 'clsx'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleX from 'lucide-react/icons/circle-x'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Json } from '@/components/ui/json'
import { type Fired, holds, type Shown } from '@/lib/lab/fire'
import type { Answer } from '@/lib/lab/send'
import { verdictOf } from '@/lib/lab/words'
import { VictimCard } from './victim-card'

/** Everything one shot left behind: verdict, request and answer beside the control, the victim, the log. */
export function Evidence({ fired }: { fired: Fired }) {
  const { request, answer, control, same, unchanged, logged, cleared } = fired
  return (
    <div className="grid gap-4">
      <section
        aria-label="Verdict"
        role="status"
        className={clsx(
          'rounded-card border-l-3 px-4 py-2.5',
          holds(fired) ? 'border-ok bg-ok-soft' : 'border-fail bg-fail-soft',
        )}
      >
        <p className="text-lg font-medium">{verdictOf(fired)}</p>
        <ul className="mt-1 flex flex-wrap gap-x-6 gap-y-1 text-sm">
          <Check holds={same}>The answer equals the control byte for byte, apart from ids and times</Check>
          <Check holds={unchanged}>White Rabbit’s rows are the same before and after</Check>
          {logged.length === 0 && quietly(fired) ? (
            <li className="text-muted">{quietly(fired)}</li>
          ) : (
            <Check holds={logged.length > 0}>The attempt is in the log</Check>
          )}
        </ul>
      </section>
      <div className="grid gap-4 lg:grid-cols-2">
        <Shot title="What was sent" request={request} answer={answer} note={`${fired.ms} ms`} />
        <Shot title="The control" request={control.request} answer={control.answer} note={control.why} />
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        <VictimCard before={fired.before} after={fired.after} />
        <Card title="In the log" note={logged.length === 0 ? 'nothing found' : undefined}>
          <ul className="divide-y divide-border">
            {logged.map(({ org, slug, ref, type, outcome, trace }) => (
              <li key={ref} className="px-4 py-2">
                <p className="flex flex-wrap items-center gap-2">
                  <Link
                    href={`/orgs/${slug}/admin/events/${ref}`}
                    prefetch={false}
                    className="font-mono text-xs text-accent underline"
                  >
                    {type}
                  </Link>
                  <Badge tone={outcome === 'blocked' ? 'warn' : outcome === 'failed' ? 'fail' : 'neutral'}>
                    {outcome}
                  </Badge>
                  <span className="text-sm text-muted">in {org}’s log</span>
                </p>
                {trace.length > 0 ? <p className="mt-1 text-sm text-muted">{trace.join(' → ')}</p> : null}
              </li>
            ))}
          </ul>
          {cleared.length > 0 ? (
            <p className="px-4 py-2 text-sm text-muted">
              The address was free at Porter, so a person of Porter’s own was made ({cleared.length} with the control)
              and taken away again.
            </p>
          ) : null}
        </Card>
      </div>
    </div>
  )
}

/** Why there may be nothing in the log; null where something has to be. */
function quietly({ request, database }: Fired): string | null {
  if (database) return 'Postgres refused all of it, a row in the log too'
  return request.key.endsWith('session') ? 'No event: a page that is asked for and not shown is none' : null
}

function Check({ holds: is, children }: { holds: boolean; children: ReactNode }) {
  const Icon = is ? CircleCheck : CircleX
  return (
    <li className="flex items-center gap-1.5">
      <Icon size={16} aria-hidden="true" className={clsx('shrink-0', is ? 'text-ok' : 'text-fail')} />
      <span>
        <span className="sr-only">{is ? 'Yes: ' : 'No: '}</span>
        {children}
      </span>
    </li>
  )
}

type ShotProps = { title: string; request: Shown; answer: Answer; note: string }

function Shot({ title, request, answer, note }: ShotProps) {
  const { method, url, header, key, body } = request
  return (
    <Card title={title} note={note}>
      <p className="px-4 py-2 font-mono text-xs leading-5 break-all">
        <span className="font-semibold">{method}</span> {url}
        <br />
        <span className="text-muted">{header} </span>
        {key}
      </p>
      {body === null ? null : <Json value={body} label={`${title}, body`} />}
      <p className="border-t border-border px-4 py-2 font-mono text-xs leading-5">
        <span className={clsx('font-semibold', answer.status >= 400 && 'text-fail')}>{answer.status}</span>
        {Object.entries(answer.headers).map(([name, value]) => (
          <span key={name} className="block break-all text-muted">
            {name}: {value}
          </span>
        ))}
      </p>
      {answer.body === null ? null : <Json value={answer.body} label={`${title}, answer`} />}
    </Card>
  )
}

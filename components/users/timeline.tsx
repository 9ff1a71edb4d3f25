import Link from 'next/link'
import { OutcomeWord } from '@/components/events/outcome'
import { SentenceText } from '@/components/events/sentence-text'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Time } from '@/components/ui/time'
import type { LifeLine } from '@/lib/directory/person-timeline'
import { detailOf } from '@/lib/events/sentence'
import { lifeWords } from './life-words'

type Props = {
  org: string
  personId: string
  lines: LifeLine[]
  next: string | undefined
  /** An older page is shown. */
  older: boolean
}

/** A person's life here, a line each, newest first; each line leads to its event and to how the person was then. */
export function Timeline({ org, personId, lines, next, older }: Props) {
  const here = `/orgs/${org}/admin/users/${personId}`
  return (
    <Card title="Timeline" note={older ? 'older' : 'newest first'}>
      {lines.length === 0 ? (
        <p className="px-4 py-3 text-muted">Nothing is recorded about this person{older ? ' before that' : ' yet'}.</p>
      ) : (
        <ol className="margin-rule divide-y divide-border">
          {lines.map((line) => (
            <Moment key={line.id} org={org} here={here} line={line} />
          ))}
        </ol>
      )}
      {next || older ? (
        <nav aria-label="Pages of the timeline" className="flex flex-wrap gap-2 border-t border-border px-4 py-2.5">
          {older ? <ButtonLink href={`${here}#timeline`}>Newest</ButtonLink> : null}
          {next ? (
            <ButtonLink href={`${here}?before=${next}#timeline`} className="ml-auto">
              Older
            </ButtonLink>
          ) : null}
        </nav>
      ) : null}
    </Card>
  )
}

function Moment({ org, here, line }: { org: string; here: string; line: LifeLine }) {
  const { event } = line
  const own = event?.targetKind === 'user' ? event : null
  const detail = own ? detailOf(own) : null
  return (
    <li className="relative flex flex-wrap items-baseline justify-between gap-x-4 py-2 pr-4 pl-11">
      <span
        aria-hidden="true"
        className="absolute top-[12.5px] left-[22px] size-[11px] rounded-full border-2 border-margin bg-surface"
      />
      <span className="min-w-0 flex-1 basis-60">
        {event ? (
          <Link
            href={`/orgs/${org}/admin/events/${line.ref}`}
            prefetch={false}
            className="inline-block min-h-6 py-0.5 hover:underline"
          >
            {own ? <SentenceText event={own} /> : lifeWords(line)}
          </Link>
        ) : (
          <span title="The event itself is no longer kept">{lifeWords(line)}</span>
        )}
        {detail ? <span className="block text-xs text-muted">{detail}</span> : null}
      </span>
      <span className="flex items-center gap-3">
        {!event || event.outcome === 'success' ? null : <OutcomeWord outcome={event.outcome} />}
        <Link
          href={`${here}?at=${encodeURIComponent(line.at)}`}
          prefetch={false}
          className="inline-flex min-h-6 items-center text-xs text-muted hover:underline"
        >
          <Time at={line.at} />
          <span className="sr-only">, as they were then</span>
        </Link>
      </span>
    </li>
  )
}

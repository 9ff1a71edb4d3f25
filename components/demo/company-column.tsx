import clsx from 'clsx'
import { OutcomeWord } from '@/components/events/outcome'
import { Card } from '@/components/ui/card'
import { Time } from '@/components/ui/time'
import { RoleBadge, Status } from '@/components/users/badges'
import { type CompanyFacts, JOHN } from '@/lib/demo/facts'

const PEOPLE = 8
const EVENTS = 7

/** One company: who is in it, and what was told about it lately. */
export function CompanyColumn({ company }: { company: CompanyFacts }) {
  const { name, slug, people, events } = company
  const shown = [...people].sort((a, b) => Number(b.login === JOHN.login) - Number(a.login === JOHN.login))
  return (
    <Card title={name} note={`${people.filter(({ active }) => active).length} active`} className="self-start">
      <ul aria-label={`People of ${name}`} className="divide-y divide-border">
        {shown.slice(0, PEOPLE).map((person) => (
          <li
            key={person.id}
            className={clsx(
              'flex min-h-8 items-center justify-between gap-2 px-4 py-1',
              person.login === JOHN.login && 'bg-accent-soft',
            )}
          >
            <span className="truncate font-medium">{person.name}</span>
            <span className="flex shrink-0 items-center gap-2">
              {person.active ? <RoleBadge role={person.role} /> : <Status active={false} />}
            </span>
          </li>
        ))}
      </ul>
      <h3 className="border-y border-border bg-raised px-4 py-1.5 text-xs font-medium text-muted">Events</h3>
      {events.length > 0 ? (
        <ol aria-label={`Events of ${name}, newest first`} className="divide-y divide-border">
          {events.slice(0, EVENTS).map((event) => (
            // A projector's 720 lines hold four of them without scrolling.
            <li key={event.ref} className="px-4 py-1.5 [@media(max-height:760px)]:nth-[n+5]:hidden">
              <p className="truncate" title={event.text}>
                {event.text}
              </p>
              <p className="flex items-center gap-3 text-xs text-muted">
                <OutcomeWord outcome={event.outcome} />
                <Time at={event.at} />
              </p>
            </li>
          ))}
        </ol>
      ) : (
        <p className="px-4 py-3 text-muted">
          Quiet. What {slug === 'porter' ? 'Porter’s' : 'White Rabbit’s'} Okta sends appears here.
        </p>
      )}
    </Card>
  )
}

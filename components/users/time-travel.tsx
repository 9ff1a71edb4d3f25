import History from 'lucide-react/icons/history'
import { Button, ButtonLink } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { Time } from '@/components/ui/time'
import type { Milestone } from '@/lib/directory/person'

type Props = {
  org: string
  personId: string
  /** The moment shown; null is now. */
  at: Date | null
  milestones: Milestone[]
  /** The changes around the shown moment: earlier, later. */
  around: { earlier: Date | null; later: Date | null }
}

const words: Record<Milestone['kind'], string> = {
  created: 'When they came',
  left: 'When they left',
  returned: 'When they came back',
}
const MOST = 4

/** Picks a moment of a person's life: typed, or by the changes in it. A plain form and links. */
export function TimeTravel({ org, personId, at, milestones, around }: Props) {
  const here = `/orgs/${org}/admin/users/${personId}`
  const to = (moment: Date) => `${here}?at=${encodeURIComponent(moment.toISOString())}`
  return (
    <section
      aria-label="Time travel"
      className="mb-4 flex flex-wrap items-end gap-x-4 gap-y-2 rounded-card border border-border bg-surface px-4 py-3 shadow-card"
    >
      <form action={here} className="flex flex-wrap items-end gap-2">
        <Input
          type="datetime-local"
          name="at"
          step={1}
          required
          label="As they were at (UTC)"
          defaultValue={(at ?? new Date()).toISOString().slice(0, 19)}
          key={at?.toISOString() ?? ''}
        />
        <Button type="submit" className="min-h-9">
          <History size={15} aria-hidden="true" />
          Show
        </Button>
      </form>
      <div className="flex flex-wrap items-center gap-1">
        {at === null ? (
          milestones.slice(-MOST).map(({ kind, at: moment }) => (
            <ButtonLink key={moment.toISOString() + kind} look="quiet" href={to(moment)}>
              {words[kind]}, <Time at={moment.toISOString()} className="font-normal text-muted" />
            </ButtonLink>
          ))
        ) : (
          <>
            {around.earlier ? (
              <ButtonLink look="quiet" href={to(around.earlier)}>
                ← Earlier change
              </ButtonLink>
            ) : null}
            {around.later ? (
              <ButtonLink look="quiet" href={to(around.later)}>
                Later change →
              </ButtonLink>
            ) : null}
            <ButtonLink href={here}>Back to now</ButtonLink>
          </>
        )}
      </div>
    </section>
  )
}

import { Steps } from '@/components/events/steps'
import { Card } from '@/components/ui/card'
import type { Facts, StoryEvent } from '@/lib/demo/facts'

/** The three decisions of the story, step by step. */
export function Decisions({ facts: { john, attempt } }: { facts: Facts }) {
  const told: (StoryEvent | null | undefined)[] = [
    john?.life.findLast(({ type }) => type === 'user.deactivated'),
    attempt.blocked,
    attempt.notFound,
  ]
  return (
    <Card title="Three decisions" note="As their events tell them">
      <div className="divide-y divide-border">
        {told.map((event) =>
          event ? (
            <section key={event.ref} aria-label={event.text}>
              <h3 className="px-4 pt-3 font-medium">{event.text}</h3>
              <Steps trace={event.trace} />
            </section>
          ) : null,
        )}
      </div>
    </Card>
  )
}

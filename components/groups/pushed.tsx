import { OutcomeWord } from '@/components/events/outcome'
import { Time } from '@/components/ui/time'
import type { GroupPush } from '@/lib/directory/group-facts'

/** When Okta last pushed the group, and how it ended where that was no plain success. */
export function Pushed({ push }: { push: GroupPush | null }) {
  if (!push) return <span className="text-muted">not in the log</span>
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <Time at={push.at.toISOString()} />
      {push.outcome === 'failed' || push.outcome === 'blocked' ? <OutcomeWord outcome={push.outcome} /> : null}
    </span>
  )
}

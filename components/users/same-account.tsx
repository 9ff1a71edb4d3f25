import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { counted } from '@/components/ui/format'
import { Time } from '@/components/ui/time'
import type { Milestone, Person } from '@/lib/directory/person'

const words: Record<Milestone['kind'], string> = { created: 'Came', left: 'Left', returned: 'Came back' }

/** Proof that who came back is the same account: one id all along, and what they own with it. */
export function SameAccount({ org, person }: { org: string; person: Person }) {
  if (!person.milestones.some(({ kind }) => kind === 'returned')) return null
  return (
    <Card title="The same account" note={<code className="font-mono">{person.id.slice(0, 8)}…</code>}>
      <ol className="divide-y divide-border">
        {person.milestones.slice(-8).map(({ kind, at, ref }) => (
          <li key={ref} className="flex items-baseline justify-between gap-3 px-4 py-1.5">
            <Link href={`/orgs/${org}/admin/events/${ref}`} prefetch={false} className="hover:underline">
              {words[kind]}
            </Link>
            <Time at={at.toISOString()} className="text-xs text-muted" />
          </li>
        ))}
      </ol>
      <p className="border-t border-border px-4 py-2 text-xs text-muted">
        One id all along{person.tasks.kept > 0 ? `, and ${counted(person.tasks.kept, 'task')} kept` : ''}. The sessions
        of before stay ended.
      </p>
    </Card>
  )
}

import { Card } from '@/components/ui/card'
import { shortPath, valueText } from '@/components/ui/diff-text'
import { Time } from '@/components/ui/time'
import type { Person } from '@/lib/directory/person'

/** The profile, value by value, each with who gave it and when. */
export function ToldByOkta({ person: { fields, managed } }: { person: Person }) {
  return (
    <Card
      title={managed ? 'What Okta told us' : 'What is known about you'}
      note={managed ? 'wrong? It is changed in Okta' : 'wrong? An admin can change it'}
    >
      <dl className="divide-y divide-border">
        {fields.map(({ path, value, set }) => (
          <div key={path} className="grid gap-x-4 px-4 py-1.5 sm:grid-cols-[minmax(0,10rem)_minmax(0,1fr)_auto]">
            <dt className="font-mono text-xs leading-5 text-muted" title={path}>
              {shortPath(path)}
            </dt>
            <dd className="min-w-0 text-sm break-words">
              <bdi>{valueText(value)}</bdi>
            </dd>
            <dd className="text-xs leading-5 text-muted">
              {set ? (
                <>
                  {set.by ?? 'set'} <Time at={set.at.toISOString()} />
                </>
              ) : (
                'older than what is kept'
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

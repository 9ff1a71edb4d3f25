import { Badge } from '@/components/ui/badge'
import type { ImportLine } from '@/lib/directory/import-users'

export type ImportSummary = {
  counts: Record<ImportLine['action'], number>
  /** Problems first; the first rows of a long file. */
  shown: ImportLine[]
  ignored: string[]
}

const words: Record<ImportLine['action'], { will: string; did: string; tone: 'ok' | 'accent' | 'neutral' | 'fail' }> = {
  error: { will: 'Problem', did: 'Not done', tone: 'fail' },
  create: { will: 'Create', did: 'Created', tone: 'ok' },
  change: { will: 'Change', did: 'Changed', tone: 'accent' },
  skip: { will: 'Skip', did: 'Skipped', tone: 'neutral' },
}
const actions: ImportLine['action'][] = ['create', 'change', 'skip', 'error']

/** What a file of people does, counted and line by line. */
export function ImportLines({ summary, done = false }: { summary: ImportSummary; done?: boolean }) {
  const { counts, shown, ignored } = summary
  const all = actions.reduce((sum, action) => sum + counts[action], 0)
  const word = (action: ImportLine['action']) => words[action][done ? 'did' : 'will']
  return (
    <>
      <dl className="flex flex-wrap gap-x-6 gap-y-2 px-4 py-3" role={done ? 'status' : undefined}>
        {actions.map((action) => (
          <div key={action} className="flex items-baseline gap-1.5">
            <dt className="text-muted">{word(action)}</dt>
            <dd className="font-semibold">{counts[action].toLocaleString('en-US')}</dd>
          </div>
        ))}
      </dl>
      {ignored.length > 0 ? (
        <p className="border-t border-border px-4 py-2 text-xs text-muted">
          Columns without a meaning here: {ignored.join(', ')}
        </p>
      ) : null}
      <table className="w-full border-t border-border">
        <caption className="sr-only">People of the file</caption>
        <thead className="text-left text-xs text-muted">
          <tr className="border-b border-border">
            <th scope="col" className="py-2 pr-3 pl-4 font-medium">
              Line
            </th>
            <th scope="col" className="px-3 py-2 font-medium">
              Person
            </th>
            <th scope="col" className="px-3 py-2 font-medium">
              {done ? 'What was done' : 'What will be done'}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-border">
          {shown.map(({ line, userName, action, why }) => (
            <tr key={line}>
              <td className="py-1.5 pr-3 pl-4 align-top font-mono text-xs leading-5 text-muted">{line}</td>
              <td className="px-3 py-1.5 align-top">
                <bdi>{userName || '–'}</bdi>
              </td>
              <td className="px-3 py-1.5 align-top">
                <Badge tone={words[action].tone}>{word(action)}</Badge>{' '}
                <span className="text-xs text-muted">{why}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {all > shown.length ? (
        <p className="border-t border-border px-4 py-2 text-xs text-muted">
          Problems first; {shown.length} of {all.toLocaleString('en-US')} lines are shown.
        </p>
      ) : null}
    </>
  )
}

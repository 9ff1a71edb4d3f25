import Check from 'lucide-react/icons/check'
import Minus from 'lucide-react/icons/minus'

const lines: [name: string, what: string, here: boolean][] = [
  ['John Doe', 'Okta created him · 201', true],
  ['John Doe', 'signed in, the same account', true],
  ['John Doe', 'became manager, sees the team', true],
  ['John Doe', 'deactivated, 2 sessions ended', false],
  ['John Doe', 'is back: same id, same tasks', true],
]

/** An example of the log: one life on five lines of a register. */
export function HeroRegister() {
  return (
    <figure className="rounded-card border border-border bg-surface shadow-card">
      <div className="flex items-baseline justify-between border-b border-border px-4 py-2.5">
        <span className="font-semibold">Porter</span>
        <span className="font-mono text-xs text-muted">/orgs/porter/admin/events</span>
      </div>
      <ol className="register">
        {lines.map(([name, what, here]) => (
          <li key={what} className="flex h-11 items-center gap-3 pr-4 pl-2 max-sm:pr-2 max-sm:text-sm">
            {here ? (
              <Check size={16} strokeWidth={3} aria-hidden="true" className="shrink-0 text-ok" />
            ) : (
              <Minus size={16} strokeWidth={3} aria-hidden="true" className="shrink-0 text-fail" />
            )}
            <span className="min-w-0 truncate pl-2">
              <strong className="font-semibold">{name}</strong> <span className="text-muted">{what}</span>
            </span>
          </li>
        ))}
      </ol>
      <figcaption className="border-t border-border px-4 py-2 text-xs text-muted">
        An example: what the log tells about one person, from hired to back again.
      </figcaption>
    </figure>
  )
}

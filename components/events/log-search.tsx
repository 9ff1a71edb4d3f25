import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import Form from 'next/form'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { type LogAddress, type LogSearch, logHref } from '@/lib/events/log-address'
import { printSearch, printTerm, withoutTerm } from '@/lib/events/search'

type Props = { org: string; address: LogAddress; search: LogSearch }

/** The search box. A plain form: it works before any script has loaded, and its answer has an address. */
export function LogSearchBox({ org, address, search }: Props) {
  const { range, from, to, reads, density } = address
  const kept = {
    range: range === '7d' ? null : range,
    from: from?.toISOString(),
    to: to?.toISOString(),
    reads: reads ? '1' : null,
    density,
  }
  return (
    <Form action={`/orgs/${org}/admin/events`} role="search" className="flex min-w-0 grow basis-80 gap-2">
      {Object.entries(kept).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      <input
        key={search.text}
        type="search"
        name="q"
        defaultValue={search.text}
        maxLength={1000}
        aria-label="Search events"
        placeholder="type:user.* status:failed actor:okta -type:lookup"
        autoComplete="off"
        spellCheck={false}
        className="min-h-9 min-w-0 grow rounded-md border border-control bg-surface px-2.5 font-mono text-xs placeholder:text-muted max-sm:min-h-11 max-sm:text-lg"
      />
      <Button type="submit">
        <Search size={14} aria-hidden="true" />
        Search
      </Button>
    </Form>
  )
}

/** `2026-10-01 10:42`, in UTC as the fields of the range. */
const minute = (at: Date) => at.toISOString().slice(0, 16).replace('T', ' ')

/** What is searched for, each part with a way to drop it; and what could not be read, with what to write instead. */
export function LogChips({ org, address, search }: Props) {
  const { from, to, reads } = address
  const chips = [
    ...search.terms.map((term) => {
      return { text: printTerm(term), without: { q: printSearch(withoutTerm(search.terms, term)) } }
    }),
    ...(reads ? [{ text: 'with look-ups', without: { reads: false } }] : []),
    ...(from ? [{ text: `${minute(from)} to ${to ? minute(to) : 'now'}`, without: { from: null, to: null } }] : []),
  ]
  if (chips.length === 0 && search.hints.length === 0) return null
  return (
    <div className="mb-3 grid gap-2">
      <ul aria-label="Filters" className="flex flex-wrap items-center gap-1.5">
        {chips.map(({ text, without }) => (
          <li key={text}>
            <Link
              href={logHref(org, address, without)}
              prefetch={false}
              aria-label={`Remove ${text}`}
              className="inline-flex min-h-6 items-center gap-1 rounded bg-accent-soft px-2 font-mono text-xs text-accent max-sm:min-h-11"
            >
              {text}
              <X size={12} aria-hidden="true" />
            </Link>
          </li>
        ))}
        <li>
          <Link href={`/orgs/${org}/admin/events`} prefetch={false} className={buttonClass('quiet', 'min-h-6')}>
            Clear
          </Link>
        </li>
      </ul>
      {search.hints.map(({ part, text }) => (
        <p key={part} role="status" className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
          {text}
        </p>
      ))}
    </div>
  )
}

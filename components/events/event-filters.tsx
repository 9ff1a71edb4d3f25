import { Tabs } from '@/components/ui/tabs'
import { OUTCOMES } from '@/lib/events/types'
import type { LogFilter } from './merge'

/** Beginnings of event types, by the word a person looks for. */
export const KINDS: Record<string, string> = {
  people: 'user.',
  groups: 'group.',
  'sign-in': 'sign',
  tokens: 'token.',
}

export type LogAddress = { reads?: boolean; outcome?: string | undefined; kind?: string | undefined }

/** The address of the log with this filter; what is not set is left out. */
export function logHref(org: string, { reads, outcome, kind }: LogAddress, before?: string): string {
  const query = new URLSearchParams()
  if (outcome) query.set('outcome', outcome)
  if (kind) query.set('kind', kind)
  if (reads) query.set('reads', '1')
  if (before) query.set('before', before)
  return `/orgs/${org}/admin/events${query.size > 0 ? `?${query}` : ''}`
}

type Props = { org: string; filter: LogFilter; kind: string | undefined }

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** What is shown: outcome, kind, look-ups. All of it is the address. */
export function EventFilters({ org, filter, kind }: Props) {
  const { reads, outcome } = filter
  const outcomes = [undefined, ...OUTCOMES].map((value) => ({
    href: logHref(org, { reads, kind, outcome: value }),
    label: value ? capital(value) : 'All',
    current: outcome === value,
  }))
  const kinds = [undefined, ...Object.keys(KINDS)].map((value) => ({
    href: logHref(org, { reads, outcome, kind: value }),
    label: value ? capital(value) : 'Everything',
    current: kind === value,
  }))
  const lookups = {
    href: logHref(org, { reads: !reads, outcome, kind }),
    label: reads ? 'Hide look-ups' : 'Show look-ups',
    current: reads,
  }
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <Tabs label="Outcome" tabs={outcomes} />
      <Tabs label="Kind" tabs={kinds} />
      <Tabs label="Look-ups" tabs={[lookups]} />
    </div>
  )
}

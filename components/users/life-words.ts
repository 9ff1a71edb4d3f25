import type { LifeLine } from '@/lib/directory/person-timeline'

const GROUP = /^groups\[value eq "[^"]+"\](\.display)?$/

const displayOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'display' in value ? String(value.display) : String(value ?? '')

/** Set apart, so that a name in another script leaves the words around it in their order. */
const quoted = (value: unknown): string => `“\u2068${displayOf(value)}\u2069”`

/** What one change meant for the person: "into group Ops", "became manager". */
function phrase({ path, before, after }: LifeLine['diff'][number]): string {
  const group = GROUP.exec(path)
  if (group?.[1]) return `group ${quoted(before)} was renamed ${quoted(after)}`
  if (group && after !== undefined) return `put into group ${quoted(after)}`
  if (group) return `taken out of group ${quoted(before)}`
  if (path === 'role') return `became ${displayOf(after)}`
  if (path === 'active') return after === true ? 'activated' : 'deactivated'
  if (path === 'deleted') return 'deleted'
  const short = path.startsWith('urn:') ? path.slice(path.lastIndexOf(':') + 1) : path
  return `changed ${short.split('[')[0]}`
}

/** Words for a line that is not about the person alone, or whose event is no longer kept. */
export function lifeWords({ event, diff }: Pick<LifeLine, 'event' | 'diff'>): string {
  const parts = [...new Set(diff.map(phrase))]
  const shown = parts.length > 4 ? [...parts.slice(0, 3), `${parts.length - 3} more`] : parts
  return `${event ? `${event.actorName}: ` : ''}${shown.join(', ') || 'nothing changed'}`
}

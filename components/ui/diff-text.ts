/** One changed attribute; a missing key means absent, which is not null. */
export type Change = { path: string; before?: unknown; after?: unknown }

/** A value as a person reads it: text bare, an empty text visible, everything else as JSON. */
export function valueText(value: unknown): string {
  if (value === '') return '""'
  if (typeof value === 'string') return value
  return JSON.stringify(value) ?? 'absent'
}

export type ChangeText = { path: string; before: string | null; after: string | null }

/** A change as two texts; null where the attribute was or is absent. */
export function changeText(change: Change): ChangeText {
  const side = (key: 'before' | 'after') => (change[key] === undefined ? null : valueText(change[key]))
  return { path: change.path, before: side('before'), after: side('after') }
}

/** `name.givenName`, `emails[type eq "work"].value`, `urn:…:User:department` → `department`: short, still SCIM. */
export function shortPath(path: string): string {
  return path.replace(/^urn:[\w:.-]+:(?=\w)/, '')
}

const first = ['userName', 'name', 'displayName', 'emails', 'title']
const elsewhere = new Set(['schemas', 'meta', 'id', 'externalId', 'active'])

/** Attributes flattened to SCIM paths: the best known first; what has its own place on the page is left out. */
export function flattenAttributes(attributes: Record<string, unknown>): { path: string; value: string }[] {
  const rank = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length)
  return Object.entries(attributes)
    .filter(([name]) => !elsewhere.has(name))
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b, 'en'))
    .flatMap(([name, value]) => flatten(name, value))
}

function flatten(path: string, value: unknown): { path: string; value: string }[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value.flatMap((item, i) => flattenItem(path, item, i, value.length > 1))
  if (typeof value !== 'object') return [{ path, value: valueText(value) }]
  // A schema's own attributes follow its name after a colon, their parts after a dot (RFC 7644 §3.5.2).
  const separator = /^urn:[^.]*\d\.\d+:\w+$/.test(path) ? ':' : '.'
  return Object.entries(value).flatMap(([name, part]) => flatten(`${path}${separator}${name}`, part))
}

function flattenItem(path: string, item: unknown, index: number, many: boolean): { path: string; value: string }[] {
  if (item === null || typeof item !== 'object') return [{ path: `${path}[${index}]`, value: valueText(item) }]
  const { type, value, primary, ...rest } = Object.fromEntries(Object.entries(item))
  const at = typeof type === 'string' ? `${path}[type eq ${JSON.stringify(type)}]` : `${path}[${index}]`
  const shown = primary === true && many ? [{ path: `${at}.primary`, value: 'true' }] : []
  return [
    ...flatten(`${at}.value`, value),
    ...Object.entries(rest).flatMap(([n, v]) => flatten(`${at}.${n}`, v)),
    ...shown,
  ]
}

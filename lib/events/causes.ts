import type { EventView } from './view'

/** Failures of one kind: the same answer to the same sort of request about the same attribute. */
export type Cause = {
  key: string
  n: number
  /** The SCIM error keyword, or the reason of a refused sign-in or token. */
  scimType: string | null
  /** `POST /Users`, ids left out; null for what was no request. */
  route: string | null
  attribute: string | null
  status: number | null
  /** The newest of them. */
  latest: EventView
}

/** The attribute an error names: its first word when a value follows, as in "userName 'x' is already used". */
export const attributeOf = (detail: string): string | null =>
  /^(?:The attribute )?'?([a-z][A-Za-z]*(?:\[[^\]]*\])?(?:\.[A-Za-z]+)?)'? (?=['"“]|is |must |may |cannot |needs )/.exec(
    detail,
  )?.[1] ?? null

/** A request's address without the org and without ids: `PATCH /Users/…`. */
export function routeOf(method: string | null, path: string | null): string | null {
  if (!method || !path) return null
  const below = path.replace(/^.*\/scim\/v2\/[^/]+/, '').replace(/\?.*$/, '')
  return `${method} ${below.replace(/^(\/[^/]+)\/.+$/, '$1/…') || '/'}`
}

/** Failed and blocked events by cause, the most frequent first; `events` newest first. */
export function groupCauses(events: readonly EventView[]): Cause[] {
  const causes = new Map<string, Cause>()
  for (const event of events) {
    const scimType = event.error?.scimType ?? null
    // A wrong token is one cause, whatever it was tried for.
    const route = event.type === 'token.refused' ? null : routeOf(event.method, event.path)
    const attribute = event.error ? attributeOf(event.error.detail) : null
    const status = event.error?.status ?? event.status
    const token = event.targetKind === 'token' ? event.targetId : null
    const key = [event.type, status, scimType, route, attribute, token].join(' ')
    const known = causes.get(key)
    if (known) known.n += event.count
    else causes.set(key, { key, n: event.count, scimType, route, attribute, status, latest: event })
  }
  return [...causes.values()].sort((a, b) => b.n - a.n)
}

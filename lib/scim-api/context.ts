import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext } from 'hono'
import type { EventTrace } from '@/db/types'
import type { EventType } from '@/lib/events/types'
import type { ScimCredential } from '@/lib/orgs/check-token'
import type { Org } from '@/lib/orgs/orgs'

/** What a request has gathered on its way to the handler. */
export type Variables = {
  requestId: string
  startedAt: number
  ip: string
  credential: ScimCredential
  /** The company whose rows the handlers ask for: the credential's. */
  scope: Org
  trace: EventTrace[]
  /** The parsed body, kept for the event. */
  body: unknown
  /** What the request tried, for the event of a refusal. */
  attempt: { type: EventType; targetId?: string }
  /** The verbs a 405 names. */
  allow: string
}

/** `address`: whose Bulk an operation is part of. */
export type Env = { Bindings: Partial<HttpBindings> & { address?: string }; Variables: Variables }
export type Context = HonoContext<Env>

/** Adds a step to the decision trace that the event will show. */
export function trace(c: Context, step: string, text: string, outcome: EventTrace['outcome'] = 'ok') {
  const steps = c.get('trace') ?? []
  const before = steps.reduce((sum, { ms = 0 }) => sum + ms, 0)
  const ms = Math.max(Math.round((performance.now() - c.get('startedAt') - before) * 10) / 10, 0)
  c.set('trace', [...steps, { step, outcome, text, ms }])
}

/** The request as node has it; none under Next, nor for an operation of a Bulk, which is a request of our own. */
export const incomingOf = (c: Context): HttpBindings['incoming'] | undefined =>
  c.env?.address === undefined ? c.env?.incoming : undefined

/** A header by its lower-case name. Node's own list is there already, that of the Request would be made for this. */
export function headerOf(c: Context, name: string): string | undefined {
  const incoming = incomingOf(c)
  if (!incoming) return c.req.header(name)
  const value = incoming.headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

/** Path and query of the request as the client wrote them. */
export function pathOf(c: Context): string {
  const { url } = c.req
  const start = url.indexOf('/', url.indexOf('://') + 3)
  return start < 0 ? '/' : url.slice(start)
}

/** The query's parameters. */
export function queryOf(c: Context): URLSearchParams {
  const { url } = c.req
  const start = url.indexOf('?')
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1))
}

/** What every event of this request says about it. */
export function requestFacts(c: Context) {
  return { method: c.req.method, path: pathOf(c), requestId: c.get('requestId'), ip: c.get('ip') }
}

import 'server-only'
import { and, asc, eq, gte, inArray, or } from 'drizzle-orm'
import { events } from '@/db/schema-events'
import { withOrg } from '@/db/tenant'
import { floorId } from '@/lib/events/id-range'
import { toView } from '@/lib/events/query'
import { flushEvents } from '@/lib/events/record'
import { eventIdFromRef } from '@/lib/ids'
import type { Org } from '@/lib/orgs/orgs'
import type { Answer } from './send'

/** A row of a company's event log that tells of a request. */
export type Logged = { org: string; slug: string; ref: string; type: string; outcome: string; trace: string[] }

const MOST = 5

/** What a company's log says about a request to `url` and its answer: by its id, or the reference in the answer. */
export async function loggedAt(org: Org, answer: Answer, url: string, since: number): Promise<Logged[]> {
  await flushEvents()
  const { orgId, name, slug } = org
  const named = [...JSON.stringify(answer.body).matchAll(/evt_[0-9a-f]{32}/g)].flatMap(
    ([ref]) => eventIdFromRef(ref) ?? [],
  )
  // A logout has no request id: it is told by where it arrived.
  const logout = and(eq(events.type, 'session.revoked'), eq(events.path, new URL(url).pathname))
  const mine = or(inArray(events.id, named), eq(events.requestId, answer.requestId ?? ''), logout)
  const rows = await withOrg(orgId, (tx) =>
    tx
      .select()
      .from(events)
      .where(and(eq(events.orgId, orgId), gte(events.id, floorId(since)), mine))
      .orderBy(asc(events.id))
      .limit(MOST),
  )
  return rows.map(toView).map(({ ref, type, outcome, trace }) => ({
    org: name,
    slug,
    ref,
    type,
    outcome,
    trace: (trace ?? []).map(({ text }) => text),
  }))
}

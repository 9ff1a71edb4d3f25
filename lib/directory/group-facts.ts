import 'server-only'
import { sql } from 'drizzle-orm'
import { groupMembers } from '@/db/schema'
import { events } from '@/db/schema-events'
import type { Tx } from '@/db/tenant'
import type { Outcome } from '@/lib/events/types'
import { eventRef } from '@/lib/ids'
import { COUNTED_TO } from './count-users'

/** The newest push of a group that the log still has. */
export type GroupPush = { at: Date; ref: string; outcome: Outcome }

/** `members` is exact to 10,000; 10,001 stands for more. */
export type GroupFacts = { members: number; push: GroupPush | null }

const NOTHING: GroupFacts = { members: 0, push: null }

type Row = { id: string; members: number; event_id: string | null; at: string; outcome: Outcome }

/** How many people each of these groups has and when it was last pushed: one statement, however many groups. */
export async function factsOfGroups(
  tx: Tx,
  orgId: string,
  ids: readonly string[],
): Promise<(id: string) => GroupFacts> {
  if (ids.length === 0) return () => NOTHING
  const rows = await tx.execute<Row>(sql`
    select g.id, p.id as event_id, p.at, p.outcome, (select count(*)::int from (
      select 1 from ${groupMembers} m where m.org_id = ${orgId}::uuid and m.group_id = g.id limit ${COUNTED_TO + 1}) x
    ) as members
    from unnest(${`{${ids.join(',')}}`}::uuid[]) g(id)
    left join lateral (
      select e.id, e.at, e.outcome from ${events} e
      where e.org_id = ${orgId}::uuid and e.target_id = g.id::text
        and e.type in ('group.created', 'group.updated', 'group.members_changed')
      order by e.id desc limit 1) p on true`)
  const found = new Map(rows.map((row) => [row.id, factsOf(row)]))
  return (id) => found.get(id) ?? NOTHING
}

const factsOf = ({ members, event_id: eventId, at, outcome }: Row): GroupFacts => ({
  members,
  push: eventId === null ? null : { at: new Date(at), ref: eventRef(eventId), outcome },
})

import 'server-only'
import { withOrg } from '@/db/tenant'
import { isId } from '@/lib/ids'
import { findRow, groupsOf, type PersonGroup } from './person'
import { actorsOf, historyBefore, historyOf, type Origin, originOf } from './person-history'
import { type Moment, type PersonState, stateAt } from './time-travel'
import type { UserRow } from './user-state'

/** `by`: the change that made it so. `earlier` and `later`: the moments of the changes around it. */
export type MomentOfPerson = Moment & { by: Origin | null; earlier: Date | null; later: Date | null }

/** Rows replayed at most; a life longer than that is not known before them. */
const MAX_STEPS = 20_000

/** The moment an address names: ISO 8601, without a zone in UTC. Null for none. */
export function parseMoment(text: string | undefined): Date | null {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?$/.exec(text ?? '')
  const at = found ? new Date(`${found[1]}${found[2] ?? 'Z'}`) : null
  return at && !Number.isNaN(at.getTime()) ? at : null
}

/** How a person was at a moment; null for an id that is not of this org. */
export async function getPersonAt(orgId: string, id: string, at: Date): Promise<MomentOfPerson | null> {
  if (!isId(id)) return null
  return withOrg(orgId, async (tx) => {
    const row = await findRow(tx, orgId, id)
    if (!row) return null
    const now = stateOf(row.user, await groupsOf(tx, orgId, id))
    const since = await historyOf(tx, orgId, id, MAX_STEPS, at)
    const before = since.length < MAX_STEPS ? await historyBefore(tx, orgId, id, at, 2) : []
    const steps = [...since, ...before]
    const moment = stateAt(now, steps, at)
    const step = moment.known ? moment.since : moment.first
    const actors = await actorsOf(tx, orgId, step ? [step.eventId] : [])
    const next = moment.known ? moment.until : moment.first
    const earlier = moment.known ? steps[steps.indexOf(moment.since) + 1] : undefined
    return { ...moment, by: step && originOf(step, actors), earlier: earlier?.at ?? null, later: next?.at ?? null }
  })
}

const stateOf = (user: UserRow, memberOf: PersonGroup[]): PersonState => ({
  attributes: user.attributes,
  role: user.role,
  groups: new Map(memberOf.map(({ id, name }) => [id, name])),
  deleted: user.deletedAt !== null,
  held: user.held,
})

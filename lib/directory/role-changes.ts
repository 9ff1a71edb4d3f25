import 'server-only'
import { and, gt, type SQL, sql } from 'drizzle-orm'
import type { RoleOutcome } from '@/db/functions'
import { users } from '@/db/schema'
import type { Tx } from '@/db/tenant'
import type { Role, RoleMove } from '@/db/types'
import { type Actor, type EventDraft, prepareEvent } from '@/lib/events/event'
import { recordPreparedIn } from '@/lib/events/record'
import type { Org } from '@/lib/orgs/orgs'
import { anyOf, decideRoles, movesOf, type RoleSource, readSources } from './role-sources'
import type { MappedGroup } from './user-state'

/** Who changes something about roles here, by our own pages. */
export type RoleContext = { org: { orgId: string }; actor: Actor }

/** Who is looked at, under which rules of the org, with which groups (those stored, if nothing is said). */
type RolePlan = {
  org: Org
  who: { ids: string[] } | { where: SQL }
  groupsOf?: (person: RoleSource) => MappedGroup[]
}

/** What a change would do, before anybody confirms it. */
export type RolePreview = {
  /** How many people were looked at. */
  total: number
  byRole: RoleMove[]
  /** The first of those whose role changes, so many of each move. */
  people: { id: string; name: string; from: Role; to: Role }[]
  /** The viewer's own, when it is among them. */
  own: { from: Role; to: Role } | null
}

const BATCH = 5_000
const SHOWN = 20

/** What somebody who looked at a preview agreed to. */
export const keyOfMoves = (moves: readonly RoleMove[]): string =>
  moves
    .map(({ from, to, n }) => `${from}-${to}:${n}`)
    .sort()
    .join(' ')

/** Other people are concerned than the preview said. */
class MovedError extends Error {}

/** Nothing of `write` is kept when it finds other people concerned than were agreed to. */
export async function asSeen<T>(write: () => Promise<T>) {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof MovedError)) throw error
    const sentence =
      'Meanwhile other people are concerned, so nothing was saved. Look at who it is now, and save again.'
    return { ok: false, why: 'moved', sentence } as const
  }
}

/** Nobody else writes a person, a group or a rule of this org until the end of the transaction. Call it first. */
export async function lockRules(tx: Tx, orgId: string): Promise<void> {
  await tx.execute(sql`select lock_rules(${orgId}::uuid)`)
}

/**
 * Decides all of the plan anew and writes what differs, in batches; call it under lockRules, and with `seen` inside
 * asSeen.
 */
export async function changeRoles(tx: Tx, plan: RolePlan, seen?: string): Promise<RoleOutcome[]> {
  const all: RoleOutcome[] = []
  const now = new Date().toISOString()
  await inBatches(tx, plan, async (people) => {
    const { outcomes } = decideRoles(plan.org, people, plan.groupsOf)
    if (outcomes.length === 0) return
    const list = JSON.stringify(outcomes)
    await tx.execute(sql`select write_roles(${plan.org.orgId}::uuid, ${list}::text::jsonb, ${now}::timestamptz)`)
    all.push(...outcomes)
  })
  if (seen !== undefined && keyOfMoves(movesOf(all)) !== seen) throw new MovedError()
  return all
}

/** The same without writing anything. */
export async function previewRoles(tx: Tx, plan: RolePlan, viewerId?: string): Promise<RolePreview> {
  const all: RoleOutcome[] = []
  const shown = new Map<string, RolePreview['people']>()
  let own: RolePreview['own'] = null
  let total = 0
  await inBatches(tx, plan, async (people) => {
    total += people.length
    const { outcomes, changed } = decideRoles(plan.org, people, plan.groupsOf)
    all.push(...outcomes)
    const next = new Map(outcomes.flatMap((each) => each.ids.map((id) => [id, each.role] as const)))
    for (const { id, displayName: name, role: from } of changed) {
      const to = next.get(id)
      if (!to || to === from) continue
      if (id === viewerId) own = { from, to }
      const alike = shown.get(`${from} ${to}`) ?? []
      if (alike.length < SHOWN) shown.set(`${from} ${to}`, [...alike, { id, name, from, to }])
    }
  })
  return { total, byRole: movesOf(all), people: [...shown.values()].flat(), own }
}

/** The end of the transaction: one history row for everyone whose role changed, then the event with their number. */
export async function recordRoles(
  tx: Tx,
  orgId: string,
  draft: EventDraft,
  outcomes: readonly RoleOutcome[],
): Promise<{ eventId: string; moves: RoleMove[] }> {
  const moves = movesOf(outcomes)
  const { id: eventId, ...prepared } = prepareEvent({
    ...draft,
    ...(moves.length > 0 ? { effects: { ...draft.effects, roleMoves: moves } } : {}),
  })
  if (moves.length > 0) {
    await tx.execute(sql`
      insert into user_history (org_id, user_id, event_id, at, diff)
      select ${orgId}::uuid, c.user_id, ${eventId}::uuid, ${String(prepared.event.at)}::timestamptz, jsonb_build_array(c.change)
      from role_changes(${JSON.stringify(outcomes)}::text::jsonb) c`)
  }
  await recordPreparedIn(tx, orgId, prepared)
  return { eventId, moves }
}

async function inBatches(tx: Tx, { org, who }: RolePlan, each: (people: RoleSource[]) => Promise<void>) {
  if ('ids' in who) {
    // Arrays, not a join with the members: planned on old statistics a join can go row by row.
    for (let i = 0; i < who.ids.length; i += BATCH) {
      await each(await readSources(tx, org.orgId, sql`${users.id} = ${anyOf(who.ids.slice(i, i + BATCH))}`))
    }
    return
  }
  let after: string | undefined
  for (;;) {
    const rest = after === undefined ? undefined : gt(users.id, after)
    const people = await readSources(tx, org.orgId, and(who.where, rest), BATCH)
    await each(people)
    after = people.at(-1)?.id
    if (people.length < BATCH) return
  }
}

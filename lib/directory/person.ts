import 'server-only'
import { and, asc, count, eq, isNull, lt, sql } from 'drizzle-orm'
import { groupMembers, groups, idpLinks, users } from '@/db/schema'
import { tasks } from '@/db/schema-tasks'
import { type Tx, withOrg } from '@/db/tenant'
import type { RoleReason } from '@/db/types'
import { env } from '@/lib/env'
import { eventRef, isId } from '@/lib/ids'
import { userEtag } from '@/lib/scim/etag'
import { userResource } from '@/lib/scim/resource'
import type { UserListItem } from './list-users'
import { isManaged } from './managed'
import { fieldOrigins } from './person-fields'
import { actorsOf, historyOf, type Origin, originOf } from './person-history'
import { type HistoryStep, isBeginning } from './time-travel'
import { attributesOf, type UserRow } from './user-state'

export type PersonField = { path: string; value: unknown; set: Origin | null }
export type PersonGroup = { id: string; name: string }

/** Hired, left, came back: the same account all along. */
export type Milestone = { kind: 'created' | 'left' | 'returned'; at: Date; ref: string }

export type Person = Omit<UserListItem, 'groups'> & {
  externalId: string | null
  attributes: Record<string, unknown>
  role: UserListItem['role']
  manualRole: UserRow['manualRole']
  roleReasons: RoleReason[]
  version: number
  linked: boolean
  /** Okta keeps this profile: it is changed there. */
  managed: boolean
  fields: PersonField[]
  groups: PersonGroup[]
  milestones: Milestone[]
  /** Tasks of this person, and how many of them are older than the last return. */
  tasks: { total: number; kept: number }
}

/** History rows the page reads at most; who has more sees older values as "older than what is shown". */
const MAX_HISTORY = 2000

/** Everything the page of one person shows, or null for an id that is not of this org. */
export async function getPerson(orgId: string, id: string): Promise<Person | null> {
  if (!isId(id)) return null
  return withOrg(orgId, async (tx) => {
    const row = await findRow(tx, orgId, id)
    if (!row) return null
    const { user, sub } = row
    const memberOf = await groupsOf(tx, orgId, id)
    const history = await historyOf(tx, orgId, id, MAX_HISTORY)
    const origins = fieldOrigins(user.attributes, history)
    const actors = await actorsOf(
      tx,
      orgId,
      origins.flatMap(({ step }) => step?.eventId ?? []),
    )
    const milestones = milestonesOf(history)
    const title = typeof user.attributes.title === 'string' ? user.attributes.title : null
    return {
      ...shownOf(user),
      title,
      linked: sub !== null,
      managed: isManaged(user),
      groups: memberOf,
      fields: origins.map(({ path, value, step }) => ({ path, value, set: step && originOf(step, actors) })),
      milestones,
      tasks: await tasksOf(tx, orgId, id, milestones),
    }
  })
}

function shownOf(user: UserRow) {
  const { id, userName, displayName, email, role, active, held, source, createdAt, lastSignInAt, updatedAt } = user
  const { externalId, attributes, manualRole, roleReasons, version } = user
  return {
    ...{ id, userName, displayName, email, role, active, held, source, createdAt, lastSignInAt, updatedAt },
    ...{ externalId, attributes, manualRole, roleReasons, version },
  }
}

export async function findRow(tx: Tx, orgId: string, id: string) {
  const [row] = await tx
    .select({ user: users, sub: idpLinks.sub })
    .from(users)
    .leftJoin(idpLinks, and(eq(idpLinks.orgId, users.orgId), eq(idpLinks.userId, users.id)))
    .where(and(eq(users.orgId, orgId), eq(users.id, id), isNull(users.deletedAt)))
  return row ?? null
}

export const groupsOf = (tx: Tx, orgId: string, id: string): Promise<PersonGroup[]> =>
  tx
    .select({ id: groups.id, name: groups.displayName })
    .from(groupMembers)
    .innerJoin(groups, and(eq(groups.orgId, groupMembers.orgId), eq(groups.id, groupMembers.groupId)))
    .where(and(eq(groupMembers.orgId, orgId), eq(groupMembers.userId, id)))
    .orderBy(asc(groups.displayNameKey))

function milestonesOf(newestFirst: readonly HistoryStep[]): Milestone[] {
  return [...newestFirst].reverse().flatMap((step): Milestone[] => {
    const base = { at: step.at, ref: eventRef(step.eventId) }
    if (isBeginning(step)) return [{ kind: 'created', ...base }]
    const change = step.diff.find(({ path }) => path === 'active')
    return change ? [{ kind: change.after === true ? 'returned' : 'left', ...base }] : []
  })
}

async function tasksOf(tx: Tx, orgId: string, id: string, milestones: Milestone[]): Promise<Person['tasks']> {
  const back = milestones.findLast(({ kind }) => kind === 'returned')?.at
  const kept = back ? sql<number>`count(*) filter (where ${lt(tasks.createdAt, back)})::int` : sql<number>`0`
  const [row] = await tx
    .select({ total: count(), kept })
    .from(tasks)
    .where(and(eq(tasks.orgId, orgId), eq(tasks.assigneeId, id)))
  return row ?? { total: 0, kept: 0 }
}

/** The person as SCIM answers for them, and the address it answers at. */
export function resourceOf(slug: string, person: Person): { url: string; body: Record<string, unknown> } {
  const base = `${env().ROLLCALL_URL}/scim/v2/${slug}`
  const memberOf = person.groups.map(({ id, name }) => ({ value: id, display: name }))
  const stored = { id: person.id, created: person.createdAt, modified: person.updatedAt }
  const version = userEtag(person.version, memberOf)
  const body = userResource({ ...stored, version, attributes: attributesOf(person), groups: memberOf }, base)
  return { url: `${base}/Users/${person.id}`, body }
}

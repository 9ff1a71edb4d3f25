import 'server-only'
import { and, eq, ne } from 'drizzle-orm'
import { findGroupBy } from '@/db/find-group'
import { type SaveGroup, saveGroup } from '@/db/functions'
import { groups, roleMappings } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import type { EventDiff, EventTrace, Role } from '@/db/types'
import { type EventType, prepareEvent } from '@/lib/events/event'
import { wakePeople } from '@/lib/events/wake'
import { isId, newId } from '@/lib/ids'
import { badRequest, ScimError } from '@/lib/scim/errors'
import { matchesIfMatch } from '@/lib/scim/etag'
import { type GroupAttributes, parseGroup } from '@/lib/scim/group'
import { parsePatch, planGroupPatch } from '@/lib/scim/patch'
import { foldKey } from '@/lib/scim/text'
import { type GroupRoles, noRoles, rolesOfGroup } from './group-roles'
import { type GroupPlan, type MemberPlan, planOf } from './member-plan'
import { findPeople, type Ref } from './memberships'
import { untilWritten } from './retry'
import { movesOf } from './role-sources'
import { mentions, type ScimWrite } from './scim-users'

export type GroupRow = typeof groups.$inferSelect

/** A write to a group; `respond` makes the answer that goes into the event from what will be stored. */
export type GroupWrite = Omit<ScimWrite, 'respond'> & { respond?: (row: GroupRow) => { status: number; body: unknown } }

/** `members` are the people the request named, with their names, for the answer of a POST or PUT. */
export type WrittenGroup = { row: GroupRow; members: Ref[]; eventId: string; changed: boolean }

const NOBODY: MemberPlan = { clear: false, add: [], remove: [] }

/** The one answer for a group id that is not here: another company's, a deleted one, an invented one. */
export const noSuchGroup = (id: string) =>
  new ScimError(
    404,
    undefined,
    `No group ${id.slice(0, 80)} in this organization. Look it up by displayName and use the id found.`,
  )

/** POST /Groups (RFC 7644 §3.3). A taken displayName is 409 uniqueness. */
export async function createGroup(w: GroupWrite, body: unknown): Promise<WrittenGroup> {
  const said = parseGroup(body, w.options)
  const id = newId()
  return write(w, id, async (tx) => {
    const now = new Date()
    const row: GroupRow = { orgId: w.org.orgId, id, ...columnsOf(said), version: 1, createdAt: now, updatedAt: now }
    await refuseTaken(tx, w, row)
    const members = { ...NOBODY, add: said.members.map((each) => each.value) }
    const step = 'No group has this name: a new one'
    return { type: 'group.created', before: null, mapping: null, row, members, step }
  })
}

/** PUT /Groups/{id} (RFC 7644 §3.5.1): who is not named leaves. An externalId that is not mentioned stays. */
export async function replaceGroup(w: GroupWrite, id: string, body: unknown): Promise<WrittenGroup> {
  const said = parseGroup(body, w.options)
  const members = { clear: true, add: said.members.map((each) => each.value), remove: [] }
  const externalId = mentions(body, 'externalId') ? (said.externalId ?? null) : undefined
  return change(w, id, {
    displayName: said.displayName,
    ...(externalId === undefined ? {} : { externalId }),
    members,
  })
}

/** PATCH /Groups/{id} (RFC 7644 §3.5.2): all operations or none; members are never loaded for it. */
export async function patchGroup(w: GroupWrite, id: string, body: unknown): Promise<WrittenGroup> {
  return change(w, id, planOf(planGroupPatch(parsePatch(body, w.options), w.options)))
}

/** DELETE /Groups/{id} (RFC 7644 §3.6): its people stay, their `groups` lose it. */
export async function deleteGroup(w: GroupWrite, id: string): Promise<WrittenGroup> {
  return write(w, id, async (tx) => {
    const { row: before, mapping } = await findGroup(tx, w, id)
    const members = { ...NOBODY, clear: true }
    return { type: 'group.deleted', before, mapping, row: before, members, step: FOUND }
  })
}

function change(w: GroupWrite, id: string, plan: GroupPlan): Promise<WrittenGroup> {
  return write(
    w,
    id,
    async (tx) => {
      const decision = planned(await findGroup(tx, w, id), plan)
      if (isRenamed(decision)) await refuseTaken(tx, w, decision.row)
      return decision
    },
    () => readQuickly(w, id, plan),
  )
}

type FoundGroup = { row: GroupRow; mapping: Role | null }

function planned({ row: before, mapping }: FoundGroup, plan: GroupPlan): Decision & { before: GroupRow } {
  const { displayName = before.displayName, externalId = before.externalId, members } = plan
  const row = { ...before, ...columnsOf({ displayName, ...(externalId === null ? {} : { externalId }) }) }
  const type = diffGroups(before, row).length > 0 ? 'group.updated' : 'group.members_changed'
  return { type, before, mapping, row, members, step: FOUND }
}

const isRenamed = ({ before, row }: { before: GroupRow; row: GroupRow }) => before.displayNameKey !== row.displayNameKey

/** So many are found along with the group; more are looked for by themselves. */
const FEW = 100

/** The same in one round trip; null: it takes more looks, at the roles its people have, or at who has its new name. */
async function readQuickly(w: GroupWrite, id: string, plan: GroupPlan): Promise<Read | null> {
  const { add } = plan.members
  if (add.length > FEW) return null
  const found = await findGroupBy(w.org.orgId, id, add.filter(isId))
  if (!found) throw noSuchGroup(id)
  refuseOld(w, found.row)
  const decision = planned(found, plan)
  if (found.mapping || isRenamed(decision)) return null
  const people = allOf(add, new Map(found.people.map((each) => [each.value, each])))
  return { ...decision, people, roles: noRoles(w.org) }
}

const FOUND = 'Found by id in this organization'

type Decision = {
  type: EventType
  before: GroupRow | null
  /** The role an admin gave the group. */
  mapping: Role | null
  row: GroupRow
  members: MemberPlan
  step: string
}

async function write(
  w: GroupWrite,
  id: string,
  decide: (tx: Tx) => Promise<Decision>,
  quick?: () => Promise<Read | null>,
): Promise<WrittenGroup> {
  return untilWritten(`${w.org.orgId} ${id}`, async (again) => {
    const soon = again || !quick ? null : await quick()
    if (soon) return persist(w, soon)
    const read = await withOrg(w.org.orgId, async (tx) => {
      const decision = await decide(tx)
      const people = await findMembers(tx, w, decision.members.add)
      const { before, row, mapping, members, type } = decision
      const name = { before: (before ?? row).displayName, after: row.displayName }
      const change = { id, mapping, name, members, deleted: type === 'group.deleted' }
      return { ...decision, people, roles: await rolesOfGroup(tx, w.org, again, change) }
    })
    return persist(w, read)
  })
}

/** The people to add. Another company's id, a deleted one and an invented one are refused alike. */
const findMembers = async (tx: Tx, w: GroupWrite, ids: readonly string[]): Promise<Ref[]> =>
  allOf(ids, await findPeople(tx, w.org.orgId, ids))

function allOf(ids: readonly string[], found: ReadonlyMap<string, Ref>): Ref[] {
  const missing = ids.filter((id) => !found.has(id))
  if (missing.length > 0) {
    const more = missing.length > 1 ? ` and ${missing.length - 1} more` : ''
    throw badRequest(
      'invalidValue',
      `"members" names ${missing[0]?.slice(0, 80)}${more}, no user of this organization. Push the person first, then the group.`,
    )
  }
  return ids.flatMap((id) => found.get(id) ?? [])
}

type Read = Decision & { people: Ref[]; roles: GroupRoles }

async function persist(w: GroupWrite, d: Read): Promise<WrittenGroup | null> {
  const { type, before, row } = d
  const diff = type === 'group.deleted' ? [] : diffGroups(before, row)
  const deleted = type === 'group.deleted'
  const answer = w.respond?.(row)
  const { body, ...request } = w.request ?? {}
  const trace = [...(w.trace ?? []), step('match', d.step)]
  const roleMoves = movesOf(d.roles.outcomes)
  const { id: eventId, ...event } = prepareEvent({
    type,
    outcome: 'success',
    actor: w.actor,
    target: { kind: 'group', id: row.id, name: row.displayName },
    ...request,
    status: answer?.status,
    diff: deleted ? [{ path: 'deleted', before: false, after: true }] : diff,
    effects: roleMoves.length > 0 ? { roleMoves } : undefined,
    trace: [...trace, step('write', `Wrote ${type} with its event in one commit`)],
    request: body,
    response: answer?.body,
  })
  const nothing = 'Nothing differs from what is stored, so nothing was written'
  const unchanged = { outcome: 'skipped', trace: [...trace, { ...step('write', nothing), outcome: 'skipped' }] }
  const isWhole = d.mapping !== null && (deleted || d.members.clear)
  const isMembersOnly = before !== null && diff.length === 0 && w.ifMatch === undefined && !isWhole
  const written = await saveGroup(w.org.orgId, {
    id: row.id,
    version: before === null ? 0 : isMembersOnly ? -1 : before.version,
    next: before === null || diff.length > 0 ? toColumns(row) : null,
    remove: deleted,
    members: { ...d.members, remove: d.members.remove.filter(isId) },
    roles: d.roles,
    event: { ...event, unchanged },
  })
  if (!written.written) return null
  wakePeople(w.org.orgId)
  const { version, updatedAt } = written
  return { row: { ...row, version, updatedAt }, members: d.people, eventId, changed: written.changed }
}

async function findGroup(tx: Tx, w: GroupWrite, id: string): Promise<FoundGroup> {
  const [found] = await tx
    .select({ row: groups, mapping: roleMappings.role })
    .from(groups)
    .leftJoin(roleMappings, and(eq(roleMappings.orgId, groups.orgId), eq(roleMappings.groupId, groups.id)))
    .where(and(eq(groups.orgId, w.org.orgId), eq(groups.id, id)))
  if (!found) throw noSuchGroup(id)
  refuseOld(w, found.row)
  return found
}

function refuseOld({ ifMatch }: GroupWrite, { version }: GroupRow): void {
  if (ifMatch === undefined || matchesIfMatch(ifMatch, version)) return
  throw new ScimError(
    412,
    undefined,
    'The group has changed since the version in If-Match. Read it again, then repeat the change.',
  )
}

async function refuseTaken(tx: Tx, w: GroupWrite, row: GroupRow): Promise<void> {
  const [taken] = await tx
    .select({ id: groups.id })
    .from(groups)
    .where(and(eq(groups.orgId, w.org.orgId), eq(groups.displayNameKey, row.displayNameKey), ne(groups.id, row.id)))
  if (!taken) return
  throw new ScimError(
    409,
    'uniqueness',
    `displayName '${row.displayName.slice(0, 120)}' is already a group of this organization. Link the Okta group to it, or rename one.`,
  )
}

const columnsOf = ({ displayName, externalId }: Pick<GroupAttributes, 'displayName' | 'externalId'>) => ({
  displayName,
  displayNameKey: foldKey(displayName),
  externalId: externalId ?? null,
})

const toColumns = (row: GroupRow): NonNullable<SaveGroup['next']> => ({
  display_name: row.displayName,
  display_name_key: row.displayNameKey,
  external_id: row.externalId,
  version: row.version,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
})

function diffGroups(before: GroupRow | null, after: GroupRow): EventDiff[] {
  return (['displayName', 'externalId'] as const).flatMap((path) => {
    const was = before?.[path] ?? undefined
    const is = after[path] ?? undefined
    if (was === is) return []
    return [{ path, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }]
  })
}

const step = (name: string, text: string): EventTrace => ({ step: name, outcome: 'ok', text })

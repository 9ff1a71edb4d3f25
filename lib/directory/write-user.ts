import 'server-only'
import { and, count, eq, isNull, ne } from 'drizzle-orm'
import { uniqueViolation } from '@/db/errors'
import { findUserBy, type UserKey } from '@/db/find-user'
import { type SaveUser, saveUser, saveUserIn } from '@/db/functions'
import { idpLinks, users } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import type { EventEffects, EventTrace } from '@/db/types'
import { type Actor, type EventDraft, type EventType, prepareEvent } from '@/lib/events/event'
import { wakePeople } from '@/lib/events/wake'
import { behindBrake, isBrakeOn } from '@/lib/orgs/brake'
import { getOrgIn, type Org } from '@/lib/orgs/orgs'
import { ScimError } from '@/lib/scim/errors'
import { askDomainPolicy, asksPolicy, judgePolicy, type PolicyOutcome } from './domain-policy'
import { groupsOfUsers, type Ref } from './memberships'
import { untilWritten } from './retry'
import { mappedGroups } from './role-sources'
import {
  columnsOf,
  diffRows,
  isActiveOwner,
  type MappedGroup,
  nextRow,
  type UserRow,
  type UserState,
} from './user-state'

/** Who writes, on behalf of which request; the event tells it. */
export type WriteContext = {
  org: Org
  /** The org's verified domains, where whoever asks has them; else the policy looks them up when it asks. */
  domains?: readonly string[] | undefined
  actor: Actor
  trace?: EventTrace[]
  request?: Pick<EventDraft, 'method' | 'path' | 'requestId' | 'ip'> & { body?: unknown }
  /** The answer that goes into the event, made from the written row. */
  respond?: (row: UserRow, groups: Ref[]) => { status: number; body: unknown }
  /** Our own pages keep an active owner (LastOwnerError); where Okta says that somebody leaves, we obey. */
  keepOwner?: boolean
}

/** The write would leave the org without an active owner; nothing was written. */
export class LastOwnerError extends Error {
  readonly status = 409
  constructor(displayName: string) {
    super(`${displayName} is the last active owner. Make somebody else owner first.`)
  }
}

/** A user as read before a decision: its row, its sign-in identity, its groups that give a role. */
export type Found = { row: UserRow; sub: string | null; groups: MappedGroup[] }

/** What to do with what was found: the next state, or throw to refuse. */
export type Decision = { found: Found | null; id: string; state: UserState; trace: EventTrace[] }

export type Written = {
  row: UserRow
  /** The groups the person is in, as the answer shows them. */
  groups: Ref[]
  eventId: string
  changed: boolean
  sessionsEnded: number
  created: boolean
}

/** A decision that needed one look, or none. */
export type QuickDecision = Decision & { memberOf: Ref[] }

/**
 * The one write path of users, for SCIM, the admin pages and sign-in alike. `decide` reads in its transaction and
 * answers the next state; the write checks that nothing moved since, else all is read and decided again. `quick` is
 * tried first where given: it decides by one round trip or by none, and answers null for what asks for more.
 */
export async function writeUser(
  ctx: WriteContext,
  decide: (tx: Tx) => Promise<Decision>,
  quick?: () => Promise<QuickDecision | null>,
): Promise<Written> {
  const { orgId } = ctx.org
  return untilWritten(`${orgId} users`, async (again) => {
    const soon = again || !quick ? null : await writeQuickly(ctx, quick)
    if (soon) return soon
    const read = await withOrg(orgId, async (tx) => {
      const decision = await decide(tx)
      const org = again ? ((await getOrgIn(tx, orgId)) ?? ctx.org) : ctx.org
      const groups = decision.found ? await groupsOfUsers(tx, orgId, [decision.id]) : undefined
      return {
        ...decision,
        org,
        policy: await askDomainPolicy(tx, org, decision.found?.row ?? null, decision.state),
        lastOwner: await isLastOwner(tx, orgId, decision),
        memberOf: decision.state.deleted ? [] : (groups?.get(decision.id) ?? []),
      }
    })
    if (read.lastOwner && ctx.keepOwner) throw new LastOwnerError(read.found?.row.displayName ?? 'This person')
    const done = isBraked(ctx, read)
      ? await behindBrake(orgId, read.id, (tx) => persist(ctx, read, tx))
      : await persist(ctx, read)
    return done && told(orgId, done)
  })
}

/** Null: it takes more looks, or somebody was there first. */
async function writeQuickly(ctx: WriteContext, quick: () => Promise<QuickDecision | null>): Promise<Written | null> {
  const decision = await quick()
  if (!decision) return null
  const { found, state } = decision
  const policy = policyQuickly(ctx, found?.row ?? null, state)
  if (!policy || found?.row.role === 'owner') return null
  const memberOf = state.deleted ? [] : decision.memberOf
  const read: Read = { ...decision, memberOf, org: ctx.org, policy, lastOwner: null }
  if (isBraked(ctx, read)) return null
  try {
    const done = await persist(ctx, read)
    return done && told(ctx.org.orgId, done)
  } catch (error) {
    if (uniqueViolation(error)) return null
    throw error
  }
}

/** Null: it has to be looked up, or refuses, which it does only when all else is in order and nothing is old. */
function policyQuickly({ org, domains }: WriteContext, before: UserRow | null, state: UserState): PolicyOutcome | null {
  if (!asksPolicy(org, before, state)) return { trace: [] }
  if (!domains) return null
  try {
    return judgePolicy(org, domains, before, state)
  } catch (error) {
    if (error instanceof ScimError) return null
    throw error
  }
}

function told(orgId: string, { ends, ...written }: Written & { ends: boolean }): Written {
  wakePeople(orgId, ends ? written.row.id : undefined)
  return written
}

/** Okta takes somebody out of an org that wants not too many to leave at once. */
function isBraked(ctx: WriteContext, { org, found, state }: Read): boolean {
  if (!isBrakeOn(org) || ctx.actor.kind !== 'okta' || !found) return false
  return state.deleted || ((found.row.active || found.row.held) && !state.attributes.active)
}

/** Null: nobody leaves the active owners by this. */
async function isLastOwner(tx: Tx, orgId: string, { found, state }: Decision): Promise<boolean | null> {
  if (found?.row.role !== 'owner' || !found.row.active || isActiveOwner(state)) return null
  const others = and(
    eq(users.orgId, orgId),
    eq(users.role, 'owner'),
    eq(users.active, true),
    ne(users.id, found.row.id),
  )
  const [row] = await tx
    .select({ n: count() })
    .from(users)
    .where(and(others, isNull(users.deletedAt)))
  return row?.n === 0
}

type Read = Decision & { org: Org; policy: PolicyOutcome; lastOwner: boolean | null; memberOf: Ref[] }

async function persist(ctx: WriteContext, d: Read, tx?: Tx): Promise<(Written & { ends: boolean }) | null> {
  const before = d.found?.row ?? null
  const next = nextRow(d.id, d.state, d.org, d.found?.groups ?? [], before, new Date())
  const diff = diffRows(before, next)
  const changed = !before || diff.length > 0
  const row = changed || !before ? next : before
  const relinked =
    before !== null && before.externalId !== next.externalId && d.found?.sub != null && d.found.sub !== next.externalId
  const leaves = before?.active === true && !next.active
  const type = typeOf(before, next, relinked)
  const effects: EventEffects = {
    ...(before && before.role !== next.role ? { roleBefore: before.role, roleAfter: next.role } : {}),
    ...(relinked ? { linkCleared: true } : {}),
    ...(d.lastOwner ? { lastOwnerLeft: true } : {}),
    ...(d.policy.outsideDomain ? { outsideDomain: d.policy.outsideDomain } : {}),
    ...(next.held && !before?.held ? { heldForReview: true } : {}),
  }
  const answer = ctx.respond?.(row, d.memberOf)
  const { body, ...request } = ctx.request ?? {}
  const { id: eventId, ...event } = prepareEvent({
    type,
    outcome: changed ? 'success' : 'skipped',
    actor: ctx.actor,
    target: { kind: 'user', id: d.id, name: next.displayName },
    ...request,
    status: answer?.status,
    diff,
    effects,
    trace: [...(ctx.trace ?? []), ...d.trace, ...d.policy.trace, writeStep(type, changed)],
    request: body,
    response: answer?.body,
  })
  const ends = leaves || relinked
  const save: SaveUser = {
    id: d.id,
    version: before?.version ?? 0,
    epoch: before?.sessionEpoch ?? 1,
    next: columnsOf(next),
    changed,
    endSessions: ends,
    clearLink: relinked || d.state.deleted,
    lastOwner: d.lastOwner,
    rules: { scimRoles: d.org.scimRoles, defaultRole: d.org.defaultRole },
    event,
    diff,
  }
  const { orgId } = ctx.org
  const { written, sessionsEnded } = await (tx ? saveUserIn(tx, orgId, save) : saveUser(orgId, save))
  return written ? { row, groups: d.memberOf, eventId, changed, sessionsEnded, created: !before, ends } : null
}

function typeOf(before: UserRow | null, next: UserRow, relinked: boolean): EventType {
  if (!before) return 'user.created'
  if (next.deletedAt) return 'user.deleted'
  if ((before.active || before.held) && !next.active && !next.held) return 'user.deactivated'
  if (!before.active && next.active) return 'user.reactivated'
  if (relinked) return 'user.relinked'
  return before.manualRole === next.manualRole ? 'user.updated' : 'user.role_changed'
}

function writeStep(type: EventType, changed: boolean): EventTrace {
  if (!changed)
    return { step: 'write', outcome: 'skipped', text: 'Nothing differs from what is stored, so nothing was written' }
  return { step: 'write', outcome: 'ok', text: `Wrote ${type} with its event in one commit` }
}

/** The user with this id, its sign-in identity and mapped groups, or null. Deleted users are not found. */
export async function findUser(tx: Tx, orgId: string, id: string): Promise<Found | null> {
  return findWhere(tx, orgId, eq(users.id, id))
}

/** The user with this name key, or null. */
export async function findByName(tx: Tx, orgId: string, userNameKey: string): Promise<Found | null> {
  return findWhere(tx, orgId, eq(users.userNameKey, userNameKey))
}

/** The user with this externalId, or null. */
export async function findByExternalId(tx: Tx, orgId: string, externalId: string): Promise<Found | null> {
  return findWhere(tx, orgId, eq(users.externalId, externalId))
}

/** The same by one key in one round trip, with every group. */
export async function findQuickly(orgId: string, key: UserKey): Promise<{ found: Found; memberOf: Ref[] } | null> {
  const person = await findUserBy(orgId, key)
  if (!person) return null
  const { row, sub, groups } = person
  const mapped = groups.flatMap(({ value, display, role }) =>
    role ? [{ groupId: value, groupName: display, role }] : [],
  )
  return {
    found: { row, sub, groups: mapped },
    memberOf: groups.map(({ value, display }) => ({ value, display })),
  }
}

async function findWhere(tx: Tx, orgId: string, where: ReturnType<typeof eq>): Promise<Found | null> {
  const [found] = await tx
    .select({ row: users, sub: idpLinks.sub, groups: mappedGroups })
    .from(users)
    .leftJoin(idpLinks, and(eq(idpLinks.orgId, users.orgId), eq(idpLinks.userId, users.id)))
    .where(and(eq(users.orgId, orgId), where, isNull(users.deletedAt)))
  return found ?? null
}

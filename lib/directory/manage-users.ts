import 'server-only'
import { and, desc, eq, sql } from 'drizzle-orm'
import { uniqueViolation } from '@/db/errors'
import { events, userHistory } from '@/db/schema-events'
import type { Tx } from '@/db/tenant'
import type { EventTrace, Role } from '@/db/types'
import type { Actor } from '@/lib/events/event'
import { isId, newId } from '@/lib/ids'
import { getOrg } from '@/lib/orgs/orgs'
import { ScimError } from '@/lib/scim/errors'
import { foldKey } from '@/lib/scim/text'
import { isManaged } from './managed'
import { type PersonForm, withForm } from './person-form'
import { hasRole } from './roles'
import { stateOf, type UserState } from './user-state'
import { type Decision, type Found, findByName, findUser, LastOwnerError, type Written, writeUser } from './write-user'

/** Who changes people by hand. Callers have authorised an admin; only owners touch owners. */
export type ManageContext = { org: { orgId: string }; actor: Actor; actorRole: Role; trace?: EventTrace[] }

type Refusal = 'missing' | 'managed' | 'taken' | 'last-owner' | 'not-allowed' | 'refused'

/** `eventId` of the row in the log. A refusal wrote nothing, and says why in a sentence for the admin. */
export type Managed =
  | { ok: true; userId: string; eventId: string; changed: boolean; sessionsEnded: number }
  | { ok: false; why: Refusal; sentence: string }

class Refused extends Error {
  constructor(
    readonly why: Refusal,
    sentence: string,
  ) {
    super(sentence)
  }
}

/** Adds a person Okta does not know. */
export function addPerson(ctx: ManageContext, form: PersonForm, role: Role | null): Promise<Managed> {
  return write(ctx, async (tx) => {
    if (role === 'owner' && ctx.actorRole !== 'owner') throw new Refused('not-allowed', 'Only an owner makes an owner.')
    await refuseTaken(tx, ctx, null, form.userName)
    const attributes = withForm(null, form)
    const state: UserState = { attributes, source: 'local', manualRole: role, deleted: false, held: false }
    return { found: null, id: newId(), state, trace: [by('Added by hand')] }
  })
}

/** Changes the profile of a person Okta does not manage; `role` undefined leaves the role given by hand as it is. */
export function editPerson(ctx: ManageContext, id: string, form: PersonForm, role?: Role | null): Promise<Managed> {
  return change(ctx, id, async (found, tx) => {
    refuseManaged(found, 'Okta keeps this profile: change it there, and it comes here by itself.')
    await refuseTaken(tx, ctx, found, form.userName)
    const before = stateOf(found.row)
    // Also the address alone: a first sign-in may find its account by it, so whoever sets an owner's could become one.
    const given = role !== undefined && role !== before.manualRole ? role : null
    refuseOwners(ctx, found, given)
    const manualRole = role === undefined ? before.manualRole : role
    return { ...before, attributes: withForm(before.attributes, form), manualRole }
  })
}

/**
 * Takes a person's access away now: every session ends with it. For people of Okta this is the break-glass: Okta may
 * reactivate them at its next push.
 */
export function deactivatePerson(ctx: ManageContext, id: string): Promise<Managed> {
  return change(ctx, id, async (found) => {
    refuseYourself(ctx, found, 'deactivate')
    const state = stateOf(found.row)
    return { ...state, attributes: { ...state.attributes, active: false } }
  })
}

/** Gives access back; whom Okta deactivated, Okta activates. */
export function reactivatePerson(ctx: ManageContext, id: string): Promise<Managed> {
  return change(ctx, id, async (found, tx) => {
    const state = stateOf(found.row)
    if (found.row.held) {
      throw new Refused('refused', 'This person waits for the review of what Okta pushed: let them in there.')
    }
    if (isManaged(found.row) && !(await leftByHand(tx, ctx.org.orgId, id))) {
      throw new Refused(
        'managed',
        'Okta deactivated this person: activate them in Okta, and they come back by themselves.',
      )
    }
    return { ...state, attributes: { ...state.attributes, active: true } }
  })
}

/** Deletes a person Okta does not manage: the user name is free, the history stays. */
export function deletePerson(ctx: ManageContext, id: string): Promise<Managed> {
  return change(ctx, id, async (found) => {
    refuseYourself(ctx, found, 'delete')
    refuseManaged(found, 'Okta would create this person again at its next push: unassign them in Okta instead.')
    return { ...stateOf(found.row), deleted: true }
  })
}

function change(ctx: ManageContext, id: string, next: (found: Found, tx: Tx) => Promise<UserState>): Promise<Managed> {
  return write(ctx, async (tx) => {
    const found = isId(id) ? await findUser(tx, ctx.org.orgId, id) : null
    if (!found) throw new Refused('missing', 'This person is no longer here.')
    const state = await next(found, tx)
    const leaves = found.row.active && (state.deleted || !state.attributes.active)
    if (leaves || state.deleted) refuseOwners(ctx, found, null)
    return { found, id, state, trace: [by('Changed by hand')] }
  })
}

async function write(ctx: ManageContext, decide: (tx: Tx) => Promise<Decision>): Promise<Managed> {
  const org = await getOrg(ctx.org.orgId)
  if (!org || !hasRole(ctx.actorRole, 'admin')) return refusal('not-allowed', 'Only admins and owners manage people.')
  try {
    const trace = ctx.trace ? { trace: ctx.trace } : {}
    return done(await writeUser({ org, actor: ctx.actor, keepOwner: true, ...trace }, decide))
  } catch (error) {
    if (error instanceof Refused) return refusal(error.why, error.message)
    if (error instanceof LastOwnerError) return refusal('last-owner', error.message)
    // The rules of a profile and the domain policy speak as SCIM errors.
    if (error instanceof ScimError) return refusal('refused', error.detail)
    if (uniqueViolation(error) === 'users_user_name') return refusal('taken', TAKEN)
    throw error
  }
}

const TAKEN = 'Somebody here has this user name already.'

const refusal = (why: Refusal, sentence: string): Managed => ({ ok: false, why, sentence })

const done = ({ row, eventId, changed, sessionsEnded }: Written): Managed => ({
  ok: true,
  userId: row.id,
  eventId,
  changed,
  sessionsEnded,
})

const by = (text: string): EventTrace => ({ step: 'policy', outcome: 'ok', text })

async function refuseTaken(tx: Tx, { org }: ManageContext, found: Found | null, userName: string): Promise<void> {
  const key = foldKey(userName)
  if (found?.row.userNameKey === key) return
  const other = await findByName(tx, org.orgId, key)
  if (!other) return
  const whose = other.row.active ? other.row.displayName : `${other.row.displayName}, who is deactivated`
  throw new Refused('taken', `The user name “${userName}” is taken by ${whose}.`)
}

function refuseManaged({ row }: Found, sentence: string): void {
  if (isManaged(row)) throw new Refused('managed', sentence)
}

function refuseOwners({ actorRole }: ManageContext, { row }: Found, role: Role | null): void {
  if ((row.role === 'owner' || role === 'owner') && actorRole !== 'owner') {
    throw new Refused('not-allowed', `${row.displayName} is an owner, or would be: only an owner does that.`)
  }
}

function refuseYourself({ actor }: ManageContext, { row }: Found, verb: string): void {
  if (actor.kind === 'user' && actor.id === row.id) {
    throw new Refused('not-allowed', `You cannot ${verb} yourself. Ask another admin to.`)
  }
}

/** True when the last one to take this person's access away was one of us. */
async function leftByHand(tx: Tx, orgId: string, id: string): Promise<boolean> {
  const [row] = await tx
    .select({ by: events.actorKind })
    .from(userHistory)
    .innerJoin(events, and(eq(events.orgId, userHistory.orgId), eq(events.id, userHistory.eventId)))
    .where(
      and(
        eq(userHistory.orgId, orgId),
        eq(userHistory.userId, id),
        sql`${userHistory.diff} @> '[{"path":"active","after":false}]'::jsonb`,
      ),
    )
    .orderBy(desc(userHistory.eventId))
    .limit(1)
  return row?.by === 'user' || row?.by === 'demo'
}

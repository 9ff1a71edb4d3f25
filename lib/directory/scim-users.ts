import 'server-only'
import type { Tx } from '@/db/tenant'
import type { EventTrace } from '@/db/types'
import { newId } from '@/lib/ids'
import { ScimError } from '@/lib/scim/errors'
import { matchesIfMatch } from '@/lib/scim/etag'
import type { ScimOptions } from '@/lib/scim/options'
import { applyUserPatch, parsePatch } from '@/lib/scim/patch'
import { foldKey } from '@/lib/scim/text'
import { parseUser, type UserAttributes } from '@/lib/scim/user'
import { attributesOf, stateOf, type UserRow, type UserState } from './user-state'
import {
  type Decision,
  type Found,
  findByExternalId,
  findByName,
  findQuickly,
  findUser,
  type WriteContext,
  type Written,
  writeUser,
} from './write-user'

/** A write that SCIM asked for, and the version it insists on. */
export type ScimWrite = WriteContext & {
  options: ScimOptions
  ifMatch?: string | undefined
  /** The connection is pending: whoever comes in waits for an admin. */
  pending?: boolean
}

/** The one answer for an id that is not here: another company's, a deleted one, an invented one. */
export const noSuchUser = (id: string) =>
  new ScimError(
    404,
    undefined,
    `No user ${id.slice(0, 80)} in this organization. Look it up by userName and use the id found.`,
  )

/**
 * POST /Users (RFC 7644 §3.3). A deactivated user with the same userName or externalId comes back as the same person:
 * same id, same tasks (DESIGN §6). An active one is 409 uniqueness, unless the body says `active: false`: then the
 * person leaves, as by PUT.
 */
export async function createUser(w: ScimWrite, body: unknown): Promise<Written> {
  const attributes = parseUser(body, w.options)
  const id = newId()
  // Most are new: the unique indexes say whether this one is, and only then is anybody looked for.
  const quick = async () => ({ ...newPerson(w, id, attributes), memberOf: [] })
  return writeUser(w, (tx) => createOrRevive(tx, w, id, attributes), quick)
}

function newPerson(w: ScimWrite, id: string, attributes: UserAttributes): Decision {
  const held = isHeld(w, null, attributes)
  const state: UserState = { attributes, source: 'okta', manualRole: null, deleted: false, held }
  const trace = [step('match', 'No user has this userName or externalId: a new person'), ...heldStep(held)]
  return { found: null, id, state, trace }
}

async function createOrRevive(tx: Tx, w: ScimWrite, id: string, attributes: UserAttributes): Promise<Decision> {
  const byName = await findByName(tx, w.org.orgId, foldKey(attributes.userName))
  const byKey = attributes.externalId ? await findByExternalId(tx, w.org.orgId, attributes.externalId) : null
  const found = byKey ?? byName
  if (!found) return newPerson(w, id, attributes)
  if (byKey && byName && byKey.row.id !== byName.row.id) throw takenBySomebodyElse(attributes)
  const by = byKey ? 'externalId' : 'userName'
  if (found.row.active || found.row.held) {
    if (attributes.active || isAnother(found, attributes)) throw taken(attributes, by)
    const trace = [step('match', `Somebody who is here has this ${by}, and the body says active: false: they leave`)]
    return { found, id: found.row.id, state: leaving(found, attributes), trace }
  }
  const held = isHeld(w, found.row, attributes)
  const trace = [step('match', `A deactivated user has this ${by}: the same person comes back`), ...heldStep(held)]
  return { found, id: found.row.id, state: { ...stateOf(found.row), attributes, source: 'okta', held }, trace }
}

/** Two Okta users, one userName: what is said of the one must not touch the other. */
const isAnother = ({ row }: Found, { externalId }: UserAttributes): boolean =>
  externalId !== undefined && row.externalId !== null && externalId !== row.externalId

/** Silence about the externalId does not unlink who leaves, as with PUT. */
function leaving({ row }: Found, attributes: UserAttributes): UserState {
  const { externalId = row.externalId ?? undefined } = attributes
  const kept = externalId === undefined ? attributes : { ...attributes, externalId }
  return { ...stateOf(row), attributes: kept, source: 'okta', held: false }
}

/** PUT /Users/{id} (RFC 7644 §3.5.1). */
export async function replaceUser(w: ScimWrite, id: string, body: unknown): Promise<Written> {
  const parsed = parseUser(body, w.options)
  return change(w, id, (before) => keepUnmentioned(body, parsed, before))
}

/** PATCH /Users/{id} (RFC 7644 §3.5.2): all operations or none. */
export async function patchUser(w: ScimWrite, id: string, body: unknown): Promise<Written> {
  const operations = parsePatch(body, w.options)
  return change(w, id, (before) => applyUserPatch(before, operations, w.options))
}

/**
 * Whether the person waits for an admin: whoever comes in while the connection is pending, until let in. A leaver waits
 * for nothing, and comes back by the state the connection has then.
 */
function isHeld(w: ScimWrite, before: UserRow | null, { active }: UserAttributes): boolean {
  if (!active || before?.active) return false
  return before?.held === true || w.pending === true
}

const heldStep = (held: boolean): EventTrace[] =>
  held ? [{ step: 'policy', outcome: 'skipped', text: 'Waits for an admin to let the person in' }] : []

/** DELETE /Users/{id} (RFC 7644 §3.6): 404 afterwards and the userName free, while history stays. */
export async function deleteUser(w: ScimWrite, id: string): Promise<Written> {
  return writeKnown(w, id, (found) => ({ ...stateOf(found.row), deleted: true }))
}

async function change(w: ScimWrite, id: string, next: (before: UserAttributes) => UserAttributes): Promise<Written> {
  return writeKnown(w, id, ({ row }) => {
    const attributes = next(attributesOf(row))
    // What Okta writes, Okta owns from then on.
    return { ...stateOf(row), attributes, source: 'okta', held: isHeld(w, row, attributes) }
  })
}

/** A write to somebody who is here: by one look, and where the unique indexes say that a new name or externalId is taken, by more. */
function writeKnown(w: ScimWrite, id: string, next: (found: Found) => UserState): Promise<Written> {
  const { orgId } = w.org
  const decide = (found: Found | undefined | null): Decision => {
    if (!found) throw noSuchUser(id)
    checkVersion(w, found)
    const state = next(found)
    const held = state.deleted ? [] : heldStep(state.held)
    return { found, id, state, trace: [step('match', 'Found by id in this organization'), ...held] }
  }
  const slow = async (tx: Tx) => {
    const decision = decide(await findUser(tx, orgId, id))
    if (decision.found) await refuseTaken(tx, w, decision.found, decision.state.attributes)
    return decision
  }
  const quick = async () => {
    const known = await findQuickly(orgId, { id })
    return { ...decide(known?.found), memberOf: known?.memberOf ?? [] }
  }
  return writeUser(w, slow, quick)
}

async function refuseTaken(tx: Tx, w: ScimWrite, { row }: Found, next: UserAttributes) {
  const key = foldKey(next.userName)
  if (key !== row.userNameKey && (await findByName(tx, w.org.orgId, key))) throw taken(next, 'userName')
  const { externalId } = next
  if (externalId && externalId !== row.externalId && (await findByExternalId(tx, w.org.orgId, externalId))) {
    throw taken(next, 'externalId')
  }
}

function checkVersion(w: ScimWrite, { row }: Found) {
  if (w.ifMatch !== undefined && !matchesIfMatch(w.ifMatch, row.version)) {
    throw new ScimError(
      412,
      undefined,
      'The user has changed since the version in If-Match. Read it again, then repeat the change.',
    )
  }
}

/** Whether a body says anything about an attribute, in whatever case. */
const entryOf = (body: unknown, name: string): [string, unknown] | undefined =>
  typeof body === 'object' && body !== null
    ? Object.entries(body).find(([key]) => key.toLowerCase() === name.toLowerCase())
    : undefined

/** True when the body names the attribute, be it to clear it. */
export const mentions = (body: unknown, name: string): boolean => entryOf(body, name) !== undefined

function saysValue(body: unknown, name: string): boolean {
  const value = entryOf(body, name)?.[1]
  return value !== undefined && value !== null && value !== ''
}

/** A PUT that leaves out `active` or `externalId`, or sends them empty, says nothing about them: silence neither revives nor unlinks. */
function keepUnmentioned(body: unknown, next: UserAttributes, before: UserAttributes): UserAttributes {
  return {
    ...next,
    active: saysValue(body, 'active') ? next.active : before.active,
    ...(before.externalId !== undefined && !saysValue(body, 'externalId') ? { externalId: before.externalId } : {}),
  }
}

const short = (text: string | undefined) => (text ?? '').slice(0, 120)

function taken(a: UserAttributes, by: 'userName' | 'externalId'): ScimError {
  const value = by === 'userName' ? a.userName : a.externalId
  return new ScimError(
    409,
    'uniqueness',
    `${by} '${short(value)}' is already used in this organization. Unassign the other Okta user or change this one's ${by}.`,
  )
}

const takenBySomebodyElse = (a: UserAttributes) =>
  new ScimError(
    409,
    'uniqueness',
    `externalId '${short(a.externalId)}' and userName '${short(a.userName)}' belong to two different users here. Change one of them.`,
  )

const step = (name: string, text: string): EventTrace => ({ step: name, outcome: 'ok', text })

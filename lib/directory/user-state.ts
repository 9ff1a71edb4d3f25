import type { users } from '@/db/schema'
import type { EventDiff, Role } from '@/db/types'
import type { Org } from '@/lib/orgs/orgs'
import { diffAttributes } from '@/lib/scim/diff'
import { foldKey } from '@/lib/scim/text'
import { displayNameOf, primaryEmail, type UserAttributes } from '@/lib/scim/user'
import { decideRole } from './roles'

/** A person's row, without what the database makes of it. */
export type UserRow = Omit<typeof users.$inferSelect, 'searchKey'>

/** What a use case decides; everything else of the row follows from it. */
export type UserState = {
  attributes: UserAttributes
  source: UserRow['source']
  manualRole: Role | null
  deleted: boolean
  /** Waits for an admin since the connection was pending (connections.scim_state): inactive whatever Okta says. */
  held: boolean
}

/** The stored attributes, as lib/scim wrote them. */
export const attributesOf = (row: Pick<UserRow, 'attributes'>): UserAttributes => row.attributes as UserAttributes

export const stateOf = (row: UserRow): UserState => ({
  attributes: attributesOf(row),
  source: row.source,
  manualRole: row.manualRole,
  deleted: row.deletedAt !== null,
  held: row.held,
})

/** A name as lists sort and search it; cut, so that it fits an index and a link. */
export const nameKeyOf = (displayName: string): string => foldKey(displayName).slice(0, 120).toWellFormed()

export type MappedGroup = { groupId: string; groupName: string; role: Role }

/** What the org says about roles. */
export const rulesOf = ({ scimRoles, defaultRole }: Pick<Org, 'scimRoles' | 'defaultRole'>) => ({
  allowedScimRoles: scimRoles,
  defaultRole,
})

/** The values of SCIM `roles`. */
export const scimRolesOf = (roles: readonly { value?: unknown }[] | null | undefined): string[] =>
  (roles ?? []).flatMap(({ value }) => (typeof value === 'string' ? [value] : []))

/** Active, and owner: by hand is the only way to be one (decideRole). */
export const isActiveOwner = (state: UserState): boolean =>
  state.manualRole === 'owner' && state.attributes.active && !state.deleted && !state.held

/** The whole next row of a user: keys for look-ups, role and its reasons included. Pure. */
export function nextRow(
  id: string,
  state: UserState,
  org: Org,
  groups: MappedGroup[],
  before: UserRow | null,
  now: Date,
): UserRow {
  const { attributes } = state
  const email = primaryEmail(attributes) ?? null
  const { manualRole } = state
  const { role, reasons } = decideRole({
    manualRole,
    scimRoles: scimRolesOf(attributes.roles),
    groups,
    ...rulesOf(org),
  })
  return {
    orgId: org.orgId,
    id,
    userName: attributes.userName,
    userNameKey: foldKey(attributes.userName),
    externalId: attributes.externalId ?? null,
    active: attributes.active && !state.deleted && !state.held,
    held: state.held,
    source: state.source,
    displayName: displayNameOf(attributes),
    nameKey: nameKeyOf(displayNameOf(attributes)),
    email,
    emailKey: email === null ? null : foldKey(email),
    attributes,
    role,
    roleReasons: reasons,
    manualRole: state.manualRole,
    version: (before?.version ?? 0) + 1,
    sessionEpoch: before?.sessionEpoch ?? 1,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    lastSignInAt: before?.lastSignInAt ?? null,
    deletedAt: state.deleted ? now : null,
  }
}

/** What changed for the person: attributes, role and existence, in SCIM path notation where SCIM has a word for it. */
export function diffRows(before: UserRow | null, after: UserRow): EventDiff[] {
  const diff: EventDiff[] = after.deletedAt
    ? []
    : diffAttributes(before ? before.attributes : undefined, after.attributes)
  const roleBefore = before?.role
  if (roleBefore !== after.role && !after.deletedAt) {
    diff.push({ path: 'role', ...(roleBefore ? { before: roleBefore } : {}), after: after.role })
  }
  if (before && before.manualRole !== after.manualRole) {
    const { manualRole: was } = before
    const { manualRole: is } = after
    diff.push({ path: 'manualRole', ...(was ? { before: was } : {}), ...(is ? { after: is } : {}) })
  }
  if ((before?.held ?? false) !== after.held && !after.deletedAt) {
    diff.push({ path: 'held', ...(before ? { before: before.held } : {}), after: after.held })
  }
  if (after.deletedAt) diff.push({ path: 'deleted', before: false, after: true })
  return diff
}

const columns = new Map<string, string>()

function columnOf(name: string): string {
  const column = columns.get(name) ?? name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)
  columns.set(name, column)
  return column
}

/** The row in column names, for save_user. */
export function columnsOf(row: UserRow): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(row)) out[columnOf(name)] = value
  return out
}

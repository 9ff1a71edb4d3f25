/** Shapes kept as jsonb. */
export type Role = 'owner' | 'admin' | 'manager' | 'member'

/** Why a role: by hand, a SCIM `roles` value, a group, or nothing (member). */
export type RoleReason =
  | { by: 'hand'; role: Role }
  | { by: 'scim-role'; role: Role; value: string }
  | { by: 'group'; role: Role; groupId: string; groupName: string }
  | { by: 'default'; role: Role }

/** One changed attribute in SCIM path notation; a missing key means absent, which is not null. */
export type EventDiff = { path: string; before?: unknown; after?: unknown }

/** How many people went from one role to another. */
export type RoleMove = { from: Role; to: Role; n: number }

export type EventEffects = {
  sessionsEnded?: number
  roleBefore?: Role
  roleAfter?: Role
  linkCleared?: boolean
  membersAdded?: number
  membersRemoved?: number
  groupsLeft?: number
  /** People whose role followed from a group, a mapping or a setting. */
  roleMoves?: RoleMove[]
  /** Okta deactivated the last owner: we obey and say so. */
  lastOwnerLeft?: boolean
  /** The domain policy let an address pass with a warning: its domain. */
  outsideDomain?: string
  /** Pushed while the connection was pending: the person waits for an admin. */
  heldForReview?: boolean
}

/** One step of the decision: credential → org → match → policy → write. */
export type EventTrace = {
  step: string
  outcome: 'ok' | 'skipped' | 'failed'
  text: string
  /** Since the step before, where it was measured. */
  ms?: number
}

export type EventError = { status: number; scimType?: string; detail: string }

import 'server-only'
import type { Role } from '@/db/types'
import type { Actor } from '@/lib/events/event'
import { isId } from '@/lib/ids'
import { getOrg } from '@/lib/orgs/orgs'
import { hasRole } from './roles'
import { stateOf } from './user-state'
import { findUser, LastOwnerError, writeUser } from './write-user'

/** Who gives a role by hand: only owners make and unmake owners. */
export type SetRoleContext = { org: { orgId: string }; actor: Actor; actorRole: Role }

export type RoleSet =
  | { ok: true; eventId: string; role: Role }
  | { ok: false; why: 'missing' | 'not-allowed' | 'last-owner'; sentence: string }

class Refused extends Error {
  constructor(
    readonly why: 'missing' | 'not-allowed',
    sentence: string,
  ) {
    super(sentence)
  }
}

/**
 * Gives a person a role by hand, or takes it back (null): then groups, SCIM values and the default decide. The highest
 * of all still wins. Never leaves the org without an active owner.
 */
export async function setRole(ctx: SetRoleContext, userId: string, role: Role | null): Promise<RoleSet> {
  const { orgId } = ctx.org
  const org = await getOrg(orgId)
  if (!org || !isId(userId)) return missing
  try {
    const written = await writeUser({ org, actor: ctx.actor, keepOwner: true }, async (tx) => {
      const found = await findUser(tx, orgId, userId)
      if (!found) throw new Refused('missing', missing.sentence)
      if (!hasRole(ctx.actorRole, 'admin')) throw new Refused('not-allowed', 'Only admins and owners give roles.')
      const touchesOwner = role === 'owner' || found.row.manualRole === 'owner'
      if (touchesOwner && ctx.actorRole !== 'owner') {
        throw new Refused('not-allowed', 'Only an owner makes somebody owner, or takes that back.')
      }
      const state = { ...stateOf(found.row), manualRole: role }
      const text = role
        ? `${role} given by hand`
        : 'No longer a role by hand: groups, SCIM roles and the default decide'
      return { found, id: userId, state, trace: [{ step: 'policy', outcome: 'ok', text }] }
    })
    return { ok: true, eventId: written.eventId, role: written.row.role }
  } catch (error) {
    if (error instanceof LastOwnerError) return { ok: false, why: 'last-owner', sentence: error.message }
    if (error instanceof Refused) return { ok: false, why: error.why, sentence: error.message }
    throw error
  }
}

const missing = { ok: false, why: 'missing', sentence: 'This person is no longer here.' } as const

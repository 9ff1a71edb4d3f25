import 'server-only'
import { and, count, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import { byIndex } from '@/db/by-index'
import { connections, groups, orgs, roleMappings, scimTokens, users } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import { recordIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'
import { type Connection, lockConnection } from './connections'
import type { OrgContext } from './domains'

/**
 * off: Okta is refused, people stay as they are and are managed here. pending: whoever Okta pushes waits, inactive,
 * until an admin has looked. active. paused: Okta is refused for now; what failed meanwhile is retried in Okta by hand.
 */
export type ProvisioningState = Connection['scimState']
export const PROVISIONING_STATES = [
  'off',
  'pending',
  'active',
  'paused',
] as const satisfies readonly ProvisioningState[]

export type StateSet = { ok: true; eventId: string | null } | { ok: false; problem: string }

export const NO_ORG = { ok: false, problem: 'This organization is not there any more.' } as const

/**
 * Sets the state, with `connection.changed` in the same commit; `eventId` null: it was that already. Needs no OIDC
 * client: SCIM may be set up alone.
 */
export async function setProvisioningState({ org, actor }: OrgContext, state: ProvisioningState): Promise<StateSet> {
  const { orgId } = org
  const done = await withOrg(orgId, async (tx): Promise<StateSet> => {
    const now = await lockConnection(tx, orgId)
    if (!now) return NO_ORG
    if (now.scimState === state) return { ok: true, eventId: null }
    await tx.update(connections).set({ scimState: state }).where(eq(connections.orgId, orgId))
    // To stop answers the brake as well: nobody leaves any more until Okta is let in again.
    if (state === 'off' || state === 'paused') {
      await tx.update(orgs).set({ brakeTrippedAt: null }).where(eq(orgs.orgId, orgId))
    }
    const eventId = await recordIn(tx, orgId, {
      type: 'connection.changed',
      outcome: 'success',
      actor,
      target: { kind: 'connection', id: now.id, name: 'SCIM' },
      diff: [{ path: 'scimState', before: now.scimState, after: state }],
    })
    return { ok: true, eventId }
  })
  if (done.ok && done.eventId) wake(orgId)
  return done
}

/** Counted no further than this, so that the page of a large company costs what that of a small one does. */
const COUNTED_TO = 10_000

/** How many people are concerned: exact to 10,000, above that 10,001. */
export type OffPreview = {
  state: ProvisioningState
  /** People Okta has managed: they stay, active or not, and are managed here from then on. */
  people: { active: number; inactive: number }
  /** Who waits for review and would go on waiting. */
  held: number
  /** Groups stay with their members; nobody changes them any more. */
  groups: number
  /** Groups that give a role, which stays. */
  mappedGroups: number
  /** Live tokens that Okta would be refused with; they are not revoked. */
  tokens: number
}

/** What stops, and what stays, when SCIM is switched off (or paused). */
export async function previewOff(orgId: string): Promise<OffPreview> {
  return withOrg(orgId, async (tx) => {
    const [connection] = await tx.select().from(connections).where(eq(connections.orgId, orgId))
    const people = await peopleOf(tx, orgId)
    return {
      state: connection?.scimState ?? 'off',
      people: { active: people.active, inactive: people.inactive },
      held: people.held,
      groups: await rows(tx, groups, eq(groups.orgId, orgId)),
      mappedGroups: await rows(tx, roleMappings, eq(roleMappings.orgId, orgId)),
      tokens: await rows(
        tx,
        scimTokens,
        and(eq(scimTokens.orgId, orgId), isNull(scimTokens.revokedAt), gt(scimTokens.expiresAt, sql`now()`)),
      ),
    }
  })
}

/** Each count ends where it says "more"; those of the few are read from an index of theirs (db/schema.ts). */
async function peopleOf(tx: Tx, orgId: string) {
  const okta = and(eq(users.orgId, orgId), isNull(users.deletedAt), eq(users.source, 'okta'))
  const bounded = (who: SQL) =>
    sql`(select count(*)::int from (select 1 from ${users} where ${and(okta, who)} limit ${COUNTED_TO + 1}) x)`
  const [row] = await byIndex<{ active: number; inactive: number; held: number }>(
    tx,
    sql`select ${bounded(sql`${users.active}`)} as active,
      ${bounded(sql`not ${users.active} and not ${users.held}`)} as inactive,
      ${bounded(sql`${users.held}`)} as held`,
  )
  return row ?? { active: 0, inactive: 0, held: 0 }
}

async function rows(
  tx: Tx,
  table: typeof groups | typeof roleMappings | typeof scimTokens,
  where: ReturnType<typeof and>,
) {
  const [row] = await tx.select({ n: count() }).from(table).where(where)
  return row?.n ?? 0
}

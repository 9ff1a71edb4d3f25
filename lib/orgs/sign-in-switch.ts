import 'server-only'
import { and, count, eq, ne } from 'drizzle-orm'
import { connections, idpLinks } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import { recordIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'
import { type Connection, hasClient } from './connections'
import type { OrgContext } from './domains'
import type { StateSet } from './provisioning-state'

const NO_CONNECTION = 'There is no connection to Okta yet. Enter the issuer, client id and secret first.'

/**
 * Lets people sign in through Okta, or nobody new, with `connection.changed` in the same commit. Sessions that are open
 * stay open.
 */
export async function setSignIn({ org, actor }: OrgContext, signIn: Connection['signIn']): Promise<StateSet> {
  const { orgId } = org
  const done = await withOrg(orgId, async (tx): Promise<StateSet> => {
    const now = await lockedRow(tx, orgId)
    if (!now) return { ok: false, problem: NO_CONNECTION }
    if (now.signIn === signIn) return { ok: true, eventId: null }
    await tx.update(connections).set({ signIn }).where(eq(connections.orgId, orgId))
    const diff = [{ path: 'signIn', before: now.signIn, after: signIn }]
    return { ok: true, eventId: await recordIn(tx, orgId, { ...changed(now, actor), diff }) }
  })
  if (done.ok && done.eventId) wake(orgId)
  return done
}

/** True once the OIDC client was tested or anybody is linked to an identity: replacing it could let a stranger in. */
export async function signInIsUsed(orgId: string): Promise<boolean> {
  return withOrg(orgId, async (tx) => {
    const [link] = await tx.select({ it: idpLinks.sub }).from(idpLinks).where(eq(idpLinks.orgId, orgId)).limit(1)
    return link !== undefined || (await lockedRow(tx, orgId))?.testedAt != null
  })
}

/** How many people are linked to an Okta identity of another issuer than the connection's. */
export async function countForeignLinks(orgId: string): Promise<number> {
  return withOrg(orgId, async (tx) => {
    const [row] = await tx
      .select({ n: count() })
      .from(idpLinks)
      .innerJoin(connections, eq(connections.orgId, idpLinks.orgId))
      .where(and(eq(idpLinks.orgId, orgId), ne(idpLinks.issuer, connections.issuer)))
    return row?.n ?? 0
  })
}

/**
 * Forgets the sign-in links to other issuers than the connection's, so that those people are matched anew when they next
 * sign in. Accounts, roles and sessions stay.
 */
export async function forgetForeignLinks({ org, actor }: OrgContext): Promise<StateSet> {
  const { orgId } = org
  const done = await withOrg(orgId, async (tx): Promise<StateSet> => {
    const now = await lockedRow(tx, orgId)
    if (!now) return { ok: false, problem: NO_CONNECTION }
    const gone = await tx
      .delete(idpLinks)
      .where(and(eq(idpLinks.orgId, orgId), ne(idpLinks.issuer, now.issuer)))
      .returning({ userId: idpLinks.userId })
    if (gone.length === 0) return { ok: true, eventId: null }
    const diff = [{ path: 'signInLinks', before: gone.length, after: 0 }]
    const text = `Sign-in links to other issuers than ${now.issuer} are forgotten; accounts and sessions stay`
    const trace = [{ step: 'write', outcome: 'ok' as const, text }]
    return { ok: true, eventId: await recordIn(tx, orgId, { ...changed(now, actor), diff, trace }) }
  })
  if (done.ok && done.eventId) wake(orgId)
  return done
}

const changed = ({ id }: { id: string }, actor: OrgContext['actor']) => ({
  type: 'connection.changed' as const,
  outcome: 'success' as const,
  actor,
  target: { kind: 'connection' as const, id, name: 'Sign-in' },
})

async function lockedRow(tx: Tx, orgId: string) {
  const [row] = await tx.select().from(connections).where(eq(connections.orgId, orgId)).for('update')
  return row && hasClient(row) ? row : null
}

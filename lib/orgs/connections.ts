import 'server-only'
import { and, eq } from 'drizzle-orm'
import { connections, orgs } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import { isCurrent, open, seal } from '@/lib/crypto'
import { newId } from '@/lib/ids'
import { log } from '@/lib/log'

export type Connection = {
  id: string
  issuer: string
  clientId: string
  clientSecret: string
  /** The secret's last characters and since when it is kept: all that is ever shown of it. */
  clientSecretHint: string
  clientSecretSetAt: Date
  signIn: 'on' | 'off'
  testedAt: Date | null
  /** pending: pushed people wait, inactive, until an admin has looked at them. */
  scimState: 'off' | 'pending' | 'active' | 'paused'
  mode: 'okta' | 'entra' | 'strict'
  lastRequestAt: Date | null
}

export type Client = { issuer: string; clientId: string; clientSecret: string }

const secretPlace = (orgId: string) => `${orgId}|connections.client_secret`
const HINT_LENGTH = 4

/** The org's OIDC client at its Okta, its secret opened, or null while sign-in is not set up. */
export async function getConnection(orgId: string): Promise<Connection | null> {
  const [row] = await withOrg(orgId, (tx) => tx.select().from(connections).where(eq(connections.orgId, orgId)))
  if (!row || !hasClient(row)) return null
  const { orgId: _, createdAt: __, ...rest } = row
  const clientSecret = open(row.clientSecret, secretPlace(orgId))
  // Nobody's sign-in waits for this, and none fails because of it.
  if (!isCurrent(row.clientSecret)) {
    await reseal(orgId).catch((err) => log().warn({ err }, 'a client secret could not be sealed anew'))
  }
  return { ...rest, clientSecret }
}

export type ConnectionRow = typeof connections.$inferSelect
type WithClient = ConnectionRow & Client

/** True once sign-in is set up: SCIM may be alone, and so may OIDC. */
export const hasClient = (row: ConnectionRow): row is WithClient =>
  row.issuer !== null && row.clientId !== null && row.clientSecret !== null

export type Provisioning = Pick<Connection, 'scimState' | 'mode' | 'lastRequestAt'>

/** How it stands with SCIM, whether or not sign-in is set up; off where nothing is. */
export async function getProvisioning(orgId: string): Promise<Provisioning> {
  const { scimState, mode, lastRequestAt } = connections
  const [row] = await withOrg(orgId, (tx) =>
    tx.select({ scimState, mode, lastRequestAt }).from(connections).where(eq(connections.orgId, orgId)),
  )
  return row ?? { scimState: 'off', mode: 'okta', lastRequestAt: null }
}

/**
 * The org's row, locked, for a change of SCIM; made, with SCIM off and no OIDC client, where there is none. Null without
 * the org.
 */
export async function lockConnection(tx: Tx, orgId: string): Promise<ConnectionRow | null> {
  const [org] = await tx.select({ id: orgs.orgId }).from(orgs).where(eq(orgs.orgId, orgId))
  if (!org) return null
  await tx.insert(connections).values({ orgId, id: newId(), scimState: 'off' }).onConflictDoNothing()
  const [row] = await tx.select().from(connections).where(eq(connections.orgId, orgId)).for('update')
  return row ?? null
}

/**
 * Seals the org's client secret under the newest key, when it is under an older one. True: it was. For the daily job;
 * a key may be taken out of ROLLCALL_KEYS once no org needs it.
 */
export async function reseal(orgId: string): Promise<boolean> {
  const place = secretPlace(orgId)
  return withOrg(orgId, async (tx) => {
    const [row] = await tx
      .select({ sealed: connections.clientSecret })
      .from(connections)
      .where(eq(connections.orgId, orgId))
    if (!row?.sealed || isCurrent(row.sealed)) return false
    const clientSecret = seal(open(row.sealed, place), place)
    // Only over the very text that was read: a secret set meanwhile stays.
    const same = and(eq(connections.orgId, orgId), eq(connections.clientSecret, row.sealed))
    return (await tx.update(connections).set({ clientSecret }).where(same).returning({ id: connections.id })).length > 0
  })
}

/** The columns of a client secret that is set now: sealed, its hint, the time. */
export const secretColumns = (orgId: string, clientSecret: string) => ({
  clientSecret: seal(clientSecret, secretPlace(orgId)),
  // A short secret is not given away by its end.
  clientSecretHint: clientSecret.length >= 4 * HINT_LENGTH ? clientSecret.slice(-HINT_LENGTH) : '',
  clientSecretSetAt: new Date(),
})

/**
 * Writes the org's OIDC client as it is, unchecked and unrecorded: for seeds. People use `saveConnection`. Makes the
 * connection when there is none yet.
 */
export async function putConnection(orgId: string, client: Client): Promise<void> {
  const { issuer, clientId, clientSecret } = client
  const set = { issuer, clientId, ...secretColumns(orgId, clientSecret) }
  await withOrg(orgId, (tx) =>
    tx
      .insert(connections)
      .values({ orgId, id: newId(), ...set })
      .onConflictDoUpdate({ target: connections.orgId, set }),
  )
}

import 'server-only'
import { eq } from 'drizzle-orm'
import { connections } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { open, seal } from '@/lib/crypto'
import { newId } from '@/lib/ids'

export type Connection = {
  id: string
  issuer: string
  clientId: string
  clientSecret: string
  signIn: 'on' | 'off'
  /** pending: pushed people wait, inactive, until an admin has looked at them. */
  scimState: 'off' | 'pending' | 'active' | 'paused'
  mode: 'okta' | 'entra' | 'strict'
  lastRequestAt: Date | null
}

const secretPlace = (orgId: string) => `${orgId}|connections.client_secret`

/** The org's link to its Okta, its client secret opened, or null when none is set up. */
export async function getConnection(orgId: string): Promise<Connection | null> {
  const [row] = await withOrg(orgId, (tx) => tx.select().from(connections).where(eq(connections.orgId, orgId)))
  if (!row) return null
  const { id, issuer, clientId, signIn, scimState, mode, lastRequestAt } = row
  const clientSecret = open(row.clientSecret, secretPlace(orgId))
  return { id, issuer, clientId, clientSecret, signIn, scimState, mode, lastRequestAt }
}

/** Sets the org's OIDC client, the secret sealed; makes the connection when there is none yet. */
export async function saveConnection(
  orgId: string,
  c: { issuer: string; clientId: string; clientSecret: string },
): Promise<void> {
  const clientSecret = seal(c.clientSecret, secretPlace(orgId))
  const client = { issuer: c.issuer, clientId: c.clientId, clientSecret }
  await withOrg(orgId, (tx) =>
    tx
      .insert(connections)
      .values({ orgId, id: newId(), ...client })
      .onConflictDoUpdate({ target: connections.orgId, set: client }),
  )
}

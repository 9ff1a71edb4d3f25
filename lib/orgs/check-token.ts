import 'server-only'
import { timingSafeEqual } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { connections, orgs, scimTokens } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import { currentKeyVersion, hmac } from '@/lib/crypto'
import type { Connection } from './connections'
import { type KnownToken, recall, remembering } from './known-tokens'
import type { Org } from './orgs'
import { parseToken } from './token-format'

export type ScimCredential = {
  org: Org
  tokenId: string
  mode: Connection['mode']
  scimState: Connection['scimState']
}

export type RefusedToken = { refused: 'malformed' | 'unknown' | 'revoked' | 'expired'; orgId?: string }

const SEEN_EVERY_MS = 60_000

/**
 * The org a token belongs to. The org's id stands in front of the token, so the look-up runs under that org's row-level
 * security; a forged prefix finds nothing. Cheap checks first: form and checksum cost no query, and a live token costs
 * one a second (known-tokens.ts).
 */
export async function checkToken(token: string, from: string | null): Promise<ScimCredential | RefusedToken> {
  const parsed = parseToken(token)
  if (!parsed) return { refused: 'malformed' }
  const { orgId, id, secret } = parsed
  const known = recall(orgId, id)
  if (known) return judge(known, parsed)
  const remember = remembering(orgId, id)
  return withOrg(orgId, async (tx) => {
    const [row] = await tx
      .select({ token: scimTokens, org: orgs, mode: connections.mode, scimState: connections.scimState })
      .from(scimTokens)
      .innerJoin(orgs, eq(orgs.orgId, scimTokens.orgId))
      .leftJoin(connections, eq(connections.orgId, scimTokens.orgId))
      .where(and(eq(scimTokens.orgId, orgId), eq(scimTokens.id, id)))
    const judged = judge(row, parsed)
    if (row && !('refused' in judged)) {
      await used(tx, row.token, secret, from)
      remember(row)
    }
    return judged
  })
}

/** The same work whether or not the id exists. */
function judge(
  row: KnownToken | undefined,
  { orgId, id, secret }: { orgId: string; id: string; secret: string },
): ScimCredential | RefusedToken {
  const right = timingSafeEqual(row?.token.secretHmac ?? Buffer.alloc(32), hmac(secret, row?.token.keyVersion))
  if (!row || !right) return { refused: 'unknown', orgId }
  if (row.token.revokedAt) return { refused: 'revoked', orgId }
  if (row.token.expiresAt <= new Date()) return { refused: 'expired', orgId }
  return { org: row.org, tokenId: id, mode: row.mode ?? 'okta', scimState: row.scimState ?? 'off' }
}

/** When and where from, once a minute; and the first use after a change of keys moves the token to the newest. */
async function used(tx: Tx, token: typeof scimTokens.$inferSelect, secret: string, from: string | null): Promise<void> {
  const { orgId, id, keyVersion, lastUsedAt } = token
  const now = new Date()
  const unseen = !lastUsedAt || lastUsedAt.getTime() <= now.getTime() - SEEN_EVERY_MS
  const newest = currentKeyVersion()
  if (!unseen && keyVersion === newest) return
  const rekeyed = keyVersion === newest ? {} : { secretHmac: hmac(secret, newest), keyVersion: newest }
  await tx
    .update(scimTokens)
    .set({ lastUsedAt: now, lastUsedFrom: from, ...rekeyed })
    .where(and(eq(scimTokens.orgId, orgId), eq(scimTokens.id, id)))
  await tx.update(connections).set({ lastRequestAt: now }).where(eq(connections.orgId, orgId))
}

import 'server-only'
import { timingSafeEqual } from 'node:crypto'
import { and, eq, isNull, lt, or } from 'drizzle-orm'
import { connections, orgs, scimTokens } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { currentKeyVersion, hmac, randomBase62 } from '@/lib/crypto'
import { orgFromPrefix, orgPrefix } from '@/lib/ids'
import { checksum } from './checksum'
import type { Connection } from './connections'
import type { Org } from './orgs'

/** `rollcall_<org 22><id 8><secret 32><crc 6>`, all base62 (DESIGN §6). */
const TOKEN = /^rollcall_([0-9A-Za-z]{22})([0-9A-Za-z]{8})([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/

export type ScimCredential = {
  org: Org
  tokenId: string
  mode: Connection['mode']
  scimState: Connection['scimState']
}

export type RefusedToken = { refused: 'malformed' | 'unknown' | 'revoked' | 'expired'; orgId?: string }

/** Makes a SCIM token of the org. The answer holds it in clear, once; only its HMAC is kept. */
export async function createToken(
  orgId: string,
  { createdBy, expiresAt }: { createdBy: string; expiresAt: Date },
): Promise<{ id: string; token: string; hint: string }> {
  const id = randomBase62(8)
  const secret = randomBase62(32)
  const body = `${orgPrefix(orgId)}${id}${secret}`
  const hint = secret.slice(-4)
  await withOrg(orgId, (tx) =>
    tx.insert(scimTokens).values({
      orgId,
      id,
      secretHmac: hmac(secret),
      keyVersion: currentKeyVersion(),
      hint,
      createdBy,
      expiresAt,
    }),
  )
  return { id, token: `rollcall_${body}${checksum(body)}`, hint }
}

/**
 * The org a token belongs to. The org's id stands in front of the token, so the look-up runs under that org's row-level
 * security; a forged prefix finds nothing. Cheap checks first: form and checksum cost no query.
 */
export async function checkToken(token: string, from: string | null): Promise<ScimCredential | RefusedToken> {
  const [, prefix = '', id = '', secret = '', crc] = TOKEN.exec(token) ?? []
  const orgId = orgFromPrefix(prefix)
  if (!orgId || crc !== checksum(`${prefix}${id}${secret}`)) return { refused: 'malformed' }
  return withOrg(orgId, async (tx) => {
    const [row] = await tx
      .select({ token: scimTokens, org: orgs, mode: connections.mode, scimState: connections.scimState })
      .from(scimTokens)
      .innerJoin(orgs, eq(orgs.orgId, scimTokens.orgId))
      .leftJoin(connections, eq(connections.orgId, scimTokens.orgId))
      .where(and(eq(scimTokens.orgId, orgId), eq(scimTokens.id, id)))
    // The same work whether or not the id exists.
    const right = timingSafeEqual(row?.token.secretHmac ?? Buffer.alloc(32), hmac(secret, row?.token.keyVersion))
    if (!row || !right) return { refused: 'unknown', orgId }
    if (row.token.revokedAt) return { refused: 'revoked', orgId }
    if (row.token.expiresAt <= new Date()) return { refused: 'expired', orgId }
    const minuteAgo = new Date(Date.now() - 60_000)
    if (!row.token.lastUsedAt || row.token.lastUsedAt < minuteAgo) {
      await tx
        .update(scimTokens)
        .set({ lastUsedAt: new Date(), lastUsedFrom: from })
        .where(
          and(
            eq(scimTokens.orgId, orgId),
            eq(scimTokens.id, id),
            or(isNull(scimTokens.lastUsedAt), lt(scimTokens.lastUsedAt, minuteAgo)),
          ),
        )
    }
    return {
      org: row.org,
      tokenId: id,
      mode: row.mode ?? 'okta',
      scimState: row.scimState ?? 'off',
    }
  })
}

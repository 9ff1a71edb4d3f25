import 'server-only'
import { timingSafeEqual } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { type FoundToken, findToken } from '@/db/find-token'
import { connections, scimTokens } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { currentKeyVersion, hmac } from '@/lib/crypto'
import type { Connection } from './connections'
import { recall, remembering } from './known-tokens'
import type { Org } from './orgs'
import { parseToken } from './token-format'

export type ScimCredential = {
  org: Org
  /** The org's verified domains, as old as the org's settings are here: a second at most. */
  domains: readonly string[]
  tokenId: string
  mode: Connection['mode']
  scimState: Connection['scimState']
}

export type RefusedToken = {
  refused: 'malformed' | 'unknown' | 'revoked' | 'expired'
  orgId?: string
  /** Only of a token whose secret was right: which one it was is nobody's guess. */
  token?: { id: string; hint: string }
}

const SEEN_EVERY_MS = 60_000

/**
 * The org a token belongs to. The org's id stands in front of the token, so the look-up runs under that org's row-level
 * security; a forged prefix finds nothing. Cheap checks first: form and checksum cost no query, and a live token costs
 * one a second (known-tokens.ts).
 */
export async function checkToken(token: string, from: string | null): Promise<ScimCredential | RefusedToken> {
  const held = recall(token)
  if (held?.exact) return judgeRight(held.known)
  const parsed = parseToken(token)
  if (!parsed) return { refused: 'malformed' }
  if (held) return judge(held.known, parsed)
  const { orgId, id, secret } = parsed
  const remember = remembering(orgId, token)
  const row = (await findToken(orgId, id)) ?? undefined
  const judged = judge(row, parsed)
  if (row && !('refused' in judged)) {
    await used(row.token, secret, from)
    remember(row)
  }
  return judged
}

/** What is known of a live token without asking the database. Null: `checkToken` has to say. */
export function recallLive(token: string): ScimCredential | null {
  const held = recall(token)
  const judged = held?.exact ? judgeRight(held.known) : null
  return judged && !('refused' in judged) ? judged : null
}

/** The same work whether or not the id exists. */
function judge(
  row: FoundToken | undefined,
  { orgId, secret }: { orgId: string; secret: string },
): ScimCredential | RefusedToken {
  const right = timingSafeEqual(row?.token.secretHmac ?? Buffer.alloc(32), hmac(secret, row?.token.keyVersion))
  return row && right ? judgeRight(row) : { refused: 'unknown', orgId }
}

function judgeRight({ token, org, domains, mode, scimState }: FoundToken): ScimCredential | RefusedToken {
  const { orgId, id, hint, revokedAt, expiresAt } = token
  if (revokedAt) return { refused: 'revoked', orgId, token: { id, hint } }
  if (expiresAt <= new Date()) return { refused: 'expired', orgId, token: { id, hint } }
  return { org, domains, tokenId: id, mode: mode ?? 'okta', scimState: scimState ?? 'off' }
}

/** When and where from, once a minute; and the first use after a change of keys moves the token to the newest. */
async function used(token: FoundToken['token'], secret: string, from: string | null): Promise<void> {
  const { orgId, id, keyVersion, lastUsedAt } = token
  const now = new Date()
  const unseen = !lastUsedAt || lastUsedAt.getTime() <= now.getTime() - SEEN_EVERY_MS
  const newest = currentKeyVersion()
  if (!unseen && keyVersion === newest) return
  const rekeyed = keyVersion === newest ? {} : { secretHmac: hmac(secret, newest), keyVersion: newest }
  await withOrg(orgId, async (tx) => {
    await tx
      .update(scimTokens)
      .set({ lastUsedAt: now, lastUsedFrom: from, ...rekeyed })
      .where(and(eq(scimTokens.orgId, orgId), eq(scimTokens.id, id)))
    await tx.update(connections).set({ lastRequestAt: now }).where(eq(connections.orgId, orgId))
  })
}

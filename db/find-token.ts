import 'server-only'
import { bare } from './functions'
import { rowOf, type Stored } from './json-row'
import type { connections, orgs, scimTokens } from './schema'

type Connection = typeof connections.$inferSelect

/** A SCIM token as stored, with its org, the org's verified domains and its connection; nulls where there is none. */
export type FoundToken = {
  token: typeof scimTokens.$inferSelect
  org: typeof orgs.$inferSelect
  domains: string[]
  mode: Connection['mode'] | null
  scimState: Connection['scimState'] | null
}

/** A token of an org by its id in one round trip, whether or not it is still good; null when there is none. */
export async function findToken(orgId: string, id: string): Promise<FoundToken | null> {
  const [row] = await bare(
    orgId,
    (db) => db<{ found: Omit<FoundToken, 'token' | 'org'> & { token: Stored; org: Stored } }[]>`
      select found from find_token(${orgId}::uuid, ${id}::text)`,
  )
  if (!row) return null
  const { token, org, ...rest } = row.found
  return { token: rowOf(token), org: rowOf(org), ...rest }
}

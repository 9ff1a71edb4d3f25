import { reseal } from '@/lib/orgs/connections'
import { listOrgIds, ownerConnection } from './owner'

export type Resealed = {
  resealed: number
  /** Orgs whose secret could not be opened: a key it needs is gone from ROLLCALL_KEYS. */
  failed: string[]
}

/**
 * Seals every org's client secret under the newest key, so that an older one can be taken out of ROLLCALL_KEYS. The
 * owner's connection only says which orgs there are; the work is done as the app's role, org by org.
 */
export async function resealSecrets(ownerUrl: string): Promise<Resealed> {
  const sql = ownerConnection(ownerUrl)
  const orgIds = await listOrgIds(sql).finally(() => sql.end({ timeout: 2 }))
  const result: Resealed = { resealed: 0, failed: [] }
  for (const orgId of orgIds) {
    try {
      if (await reseal(orgId)) result.resealed += 1
    } catch {
      result.failed.push(orgId)
    }
  }
  return result
}

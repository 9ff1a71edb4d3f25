import { users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import type { TestOrg } from '@/db/test-orgs'
import { newId } from '@/lib/ids'

const BATCH = 2_000

/** Many plain members, straight into the table; their ids. */
export async function makeCrowd({ orgId }: TestOrg, size: number): Promise<string[]> {
  const ids = Array.from({ length: size }, () => newId())
  const now = new Date()
  for (let i = 0; i < ids.length; i += BATCH) {
    const rows = ids.slice(i, i + BATCH).map((id, n) => ({
      orgId,
      id,
      userName: id,
      userNameKey: id,
      active: true,
      source: 'okta' as const,
      displayName: `Person ${String(i + n).padStart(6, '0')}`,
      nameKey: `person ${String(i + n).padStart(6, '0')}`,
      attributes: { userName: id, active: true },
      role: 'member' as const,
      roleReasons: [{ by: 'default' as const, role: 'member' as const }],
      createdAt: now,
      updatedAt: now,
    }))
    await withOrg(orgId, (tx) => tx.insert(users).values(rows))
  }
  return ids
}

import 'server-only'
import { and, eq } from 'drizzle-orm'
import { groups, users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { isId } from '@/lib/ids'

/** What a person or a group of this org is called; null for whoever is not there. */
export async function nameOfTarget(orgId: string, kind: 'user' | 'group', id: string): Promise<string | null> {
  if (!isId(id)) return null
  const table = kind === 'user' ? users : groups
  const [row] = await withOrg(orgId, (tx) =>
    tx
      .select({ name: table.displayName })
      .from(table)
      .where(and(eq(table.orgId, orgId), eq(table.id, id))),
  )
  return row?.name ?? null
}

import 'server-only'
import { and, asc, eq, sql } from 'drizzle-orm'
import { groups } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { isId } from '@/lib/ids'

export type GroupFacet = { shown: { id: string; name: string }[]; more: boolean; current: string | null }

const MOST = 25

/** The first groups by name to choose from, and the name of the chosen one, wherever it stands: one statement. */
export async function groupFacet(orgId: string, chosen: string | null): Promise<GroupFacet> {
  const id = chosen && isId(chosen) ? chosen : null
  const isChosen = sql<boolean>`coalesce(${groups.id} = ${id}::uuid, false)`
  const rows = await withOrg(orgId, (tx) =>
    tx
      .select({ id: groups.id, name: groups.displayName, chosen: isChosen })
      .from(groups)
      .where(
        and(
          eq(groups.orgId, orgId),
          sql`${groups.id} in (
            (select g.id from ${groups} g where g.org_id = ${orgId}::uuid order by g.display_name_key limit ${MOST + 1})
            union all select ${id}::uuid)`,
        ),
      )
      .orderBy(asc(groups.displayNameKey)),
  )
  const current = rows.find((row) => row.chosen)?.name ?? null
  const shown = rows.slice(0, MOST).map(({ id: each, name }) => ({ id: each, name }))
  return { shown, more: rows.length > MOST, current }
}

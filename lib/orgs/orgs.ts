import 'server-only'
import { eq } from 'drizzle-orm'
import { getOrgIdBySlug } from '@/db/global'
import { orgs } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'

/** A company with all its settings, as stored. */
export type Org = typeof orgs.$inferSelect

/** The org behind a slug, or null when there is none. */
export async function getOrgBySlug(slug: string): Promise<Org | null> {
  const orgId = await getOrgIdBySlug(slug)
  return orgId ? getOrg(orgId) : null
}

/** The org itself, or null. */
export async function getOrg(orgId: string): Promise<Org | null> {
  return withOrg(orgId, (tx) => getOrgIn(tx, orgId))
}

/** The same inside an open transaction of that org. */
export async function getOrgIn(tx: Tx, orgId: string): Promise<Org | null> {
  const [row] = await tx.select().from(orgs).where(eq(orgs.orgId, orgId))
  return row ?? null
}

import 'server-only'
import { and, asc, eq, isNull } from 'drizzle-orm'
import { users } from '@/db/schema'
import { withOrg } from '@/db/tenant'

export type Owner = { id: string; displayName: string; userName: string; lastSignInAt: Date | null }

/** The org's active owners, longest-standing first: the first is whom `recover` lets in. */
export async function listOwners(orgId: string): Promise<Owner[]> {
  const { id, displayName, userName, lastSignInAt } = users
  return withOrg(orgId, (tx) =>
    tx
      .select({ id, displayName, userName, lastSignInAt })
      .from(users)
      .where(and(eq(users.orgId, orgId), eq(users.role, 'owner'), eq(users.active, true), isNull(users.deletedAt)))
      .orderBy(asc(users.createdAt), asc(users.id))
      .limit(20),
  )
}

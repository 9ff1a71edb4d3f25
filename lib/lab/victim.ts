import 'server-only'
import { createHash } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { entitlements, groupMembers, groups, idpLinks, users } from '@/db/schema'
import { userHistory } from '@/db/schema-events'
import { withOrg } from '@/db/tenant'

/** The victim as its own company sees it. */
export type Victim = {
  person: { id: string; userName: string; displayName: string; active: boolean; role: string; version: number } | null
  groups: string[]
  counts: { people: number; groups: number; memberships: number; entitlements: number }
  /** SHA-256 over every row of people, groups, memberships, sign-in links, entitlements and history. */
  digest: string
}

const TABLES = { users, groups, groupMembers, idpLinks, entitlements, userHistory }

/** Reads the person and fingerprints everything the company has, by its own `withOrg`. */
export function readVictim(orgId: string, userId: string): Promise<Victim> {
  return withOrg(orgId, async (tx) => {
    const hash = createHash('sha256')
    const count: Record<string, number> = {}
    for (const [name, table] of Object.entries(TABLES)) {
      const rows = await tx.select().from(table).where(eq(table.orgId, orgId)).orderBy(sql`1, 2, 3`)
      count[name] = rows.length
      hash.update(JSON.stringify(rows))
    }
    const [person] = await tx
      .select({
        id: users.id,
        userName: users.userName,
        displayName: users.displayName,
        active: users.active,
        role: users.role,
        version: users.version,
      })
      .from(users)
      .where(and(eq(users.orgId, orgId), eq(users.id, userId)))
    const memberOf = await tx
      .select({ name: groups.displayName })
      .from(groupMembers)
      .innerJoin(groups, and(eq(groups.orgId, groupMembers.orgId), eq(groups.id, groupMembers.groupId)))
      .where(and(eq(groupMembers.orgId, orgId), eq(groupMembers.userId, userId)))
    return {
      person: person ?? null,
      groups: memberOf.map(({ name }) => name).sort(),
      counts: {
        people: count.users ?? 0,
        groups: count.groups ?? 0,
        memberships: count.groupMembers ?? 0,
        entitlements: count.entitlements ?? 0,
      },
      digest: hash.digest('hex'),
    }
  })
}

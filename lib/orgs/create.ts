import 'server-only'
import { eq } from 'drizzle-orm'
import { uniqueViolation } from '@/db/errors'
import { orgs } from '@/db/schema'
import { orgSlugs } from '@/db/schema-global'
import { withOrg } from '@/db/tenant'
import { recordIn } from '@/lib/events/record'
import { newId } from '@/lib/ids'
import type { Org } from './orgs'

/** Makes an empty org with its slug and `org.created` event in one commit. Null: the slug is taken. */
export async function createOrg(slug: string, name: string): Promise<Org | null> {
  const orgId = newId()
  try {
    return await withOrg(orgId, async (tx) => {
      const [org] = await tx.insert(orgs).values({ orgId, slug, name }).returning()
      await tx.insert(orgSlugs).values({ slug, orgId })
      const target = { kind: 'org', id: orgId, name } as const
      await recordIn(tx, orgId, { type: 'org.created', outcome: 'success', actor: { kind: 'system' }, target })
      return org ?? null
    })
  } catch (error) {
    if (uniqueViolation(error)) return null
    throw error
  }
}

/** Takes back an org whose owner could not be made, so that its slug is free again. */
export async function dropOrg(orgId: string): Promise<void> {
  await withOrg(orgId, async (tx) => {
    await tx.delete(orgSlugs).where(eq(orgSlugs.orgId, orgId))
    await tx.delete(orgs).where(eq(orgs.orgId, orgId))
  })
}

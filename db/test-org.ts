import { newId } from '@/lib/ids'
import { orgSlugs, orgs } from './schema'
import { withOrg } from './tenant'

/** A new, empty org for an integration test. */
export async function makeOrg(name = 'Porter'): Promise<{ orgId: string; slug: string }> {
  const orgId = newId()
  const slug = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-${orgId.slice(-12)}`
  await withOrg(orgId, async (tx) => {
    await tx.insert(orgs).values({ orgId, slug, name })
    await tx.insert(orgSlugs).values({ slug, orgId })
  })
  return { orgId, slug }
}

import { randomBase62 } from '@/lib/crypto'
import { newId } from '@/lib/ids'
import { putConnection } from '@/lib/orgs/connections'
import type { Org } from '@/lib/orgs/orgs'
import { mintToken } from '@/lib/orgs/tokens'
import { orgs } from './schema'
import { orgSlugs } from './schema-global'
import { withOrg } from './tenant'
import { claimVerified } from './verified-domain'

export type TestOrg = Org & { domain: string; token: string }

/** An org of its own for one test file: slug, verified domain, connection and SCIM token. Real rows, new names. */
export async function makeTestOrg(name = 'Porter', rest: Partial<typeof orgs.$inferInsert> = {}): Promise<TestOrg> {
  const orgId = newId()
  const slug = `${name.toLowerCase().replaceAll(' ', '-')}-${randomBase62(8).toLowerCase()}`
  const domain = `${slug}.example`
  const org = await withOrg(orgId, async (tx) => {
    const [made] = await tx
      .insert(orgs)
      .values({ scimRoles: ['manager'], ...rest, orgId, slug, name })
      .returning()
    if (!made) throw new Error('The test org was not made')
    await tx.insert(orgSlugs).values({ slug, orgId })
    await claimVerified(tx, orgId, domain)
    return made
  })
  await putConnection(orgId, { issuer: `https://${slug}.okta.com`, clientId: 'client', clientSecret: 'secret' })
  const { token } = await mintToken(orgId, { createdBy: 'test', expiresAt: new Date(Date.now() + 3_600_000) })
  return { ...org, domain, token }
}

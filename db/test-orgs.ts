import { randomBase62 } from '@/lib/crypto'
import { newId } from '@/lib/ids'
import { saveConnection } from '@/lib/orgs/connections'
import type { Org } from '@/lib/orgs/orgs'
import { createToken } from '@/lib/orgs/tokens'
import { domains, orgSlugs, orgs } from './schema'
import { withOrg } from './tenant'

export type TestOrg = Org & { domain: string; token: string }

/** An org of its own for one test file: slug, verified domain, connection and SCIM token. Real rows, new names. */
export async function makeTestOrg(
  name = 'Porter',
  rest: Partial<Pick<Org, 'jit' | 'scimRoles'>> = {},
): Promise<TestOrg> {
  const orgId = newId()
  const slug = `${name.toLowerCase().replaceAll(' ', '-')}-${randomBase62(8).toLowerCase()}`
  const domain = `${slug}.example`
  const org: Org = { orgId, slug, name, jit: rest.jit ?? false, scimRoles: rest.scimRoles ?? ['manager'] }
  await withOrg(orgId, async (tx) => {
    await tx.insert(orgs).values(org)
    await tx.insert(orgSlugs).values({ slug, orgId })
    await tx.insert(domains).values({ domain, orgId, verifiedAt: new Date() })
  })
  await saveConnection(orgId, { issuer: `https://${slug}.okta.com`, clientId: 'client', clientSecret: 'secret' })
  const { token } = await createToken(orgId, { createdBy: 'test', expiresAt: new Date(Date.now() + 3_600_000) })
  return { ...org, domain, token }
}

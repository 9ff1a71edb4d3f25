import 'server-only'
import { getOrgIdByDomain } from '@/db/global'
import { getOrg } from '@/lib/orgs/orgs'
import { domainOf } from './admit'

/** The slug of the org that has verified the address's domain, or null. Nothing but the domain is looked at. */
export async function orgOfAddress(address: string): Promise<string | null> {
  const domain = domainOf(address)
  const orgId = domain && (await getOrgIdByDomain(domain))
  const org = orgId ? await getOrg(orgId) : null
  return org?.slug ?? null
}

import 'server-only'
import { and, asc, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import { idpLinks, users } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import { domainOfAddress, shownDomain } from '@/lib/orgs/domain-name'
import { verifiedDomains } from '@/lib/orgs/domains'

const NAMED = 10

/** People who are in, or would be once reviewed. */
const here = (orgId: string) =>
  and(eq(users.orgId, orgId), isNull(users.deletedAt), sql`(${users.active} or ${users.held})`)

/** What stands behind the last @ of a folded address. */
const domainIn = (address: SQL) => sql`split_part(${address}, '@', -1)`
const [nameDomain, emailDomain] = [domainIn(sql`${users.userNameKey}`), domainIn(sql`${users.emailKey}`)]
const isAddress = sql`position('@' in ${users.userNameKey}) > 0`

/** Domains as addresses may write them: as letters or as punycode. */
const spelled = (domains: readonly string[]) => {
  const all = [...new Set(domains.flatMap((domain) => [domain, shownDomain(domain)]))]
  return sql`array(select jsonb_array_elements_text(${JSON.stringify(all)}::text::jsonb))`
}

export type Outsider = { id: string; displayName: string; domain: string | null }

/** Who is here with an address outside the verified domains: how many, and the first by name. Nobody while there are none. */
export async function previewOutsiders(orgId: string): Promise<{ total: number; first: Outsider[] }> {
  return withOrg(orgId, async (tx) => {
    const verified = await verifiedDomains(tx, orgId)
    // Outside of nothing is nobody.
    if (verified.length === 0) return { total: 0, first: [] }
    const inside = spelled(verified)
    const outside = or(
      sql`${isAddress} and ${nameDomain} <> all(${inside})`,
      sql`${emailDomain} <> all(${inside})`,
      sql`not ${isAddress} and ${users.emailKey} is null`,
    )
    const where = and(here(orgId), outside)
    const [row] = await tx.select({ n: sql<number>`count(*)::int` }).from(users).where(where)
    const { id, displayName, email, userName } = users
    const found = await tx
      .select({ id, displayName, email, userName })
      .from(users)
      .where(where)
      .orderBy(asc(users.nameKey), asc(id))
      .limit(NAMED)
    const first = found.map(({ email: mail, userName: name, ...person }) => {
      const domain = domainOfAddress(name.includes('@') ? name : (mail ?? ''))
      return { ...person, domain: domain && shownDomain(domain) }
    })
    return { total: row?.n ?? 0, first }
  })
}

export type DomainUse = {
  /** People with an address there: they find their sign-in by it. */
  people: number
  /** Those of them Okta's id does not find: only an e-mail on a verified domain links them at first sign-in. */
  linkedByAddress: number
}

/** Who uses which of the org's verified domains to sign in. */
export async function previewReleases(orgId: string): Promise<Map<string, DomainUse>> {
  return withOrg(orgId, async (tx) => {
    const verified = await verifiedDomains(tx, orgId)
    const uses = new Map(verified.map((domain) => [domain, { people: 0, linkedByAddress: 0 }]))
    const counted = verified.length > 0 ? await countByDomain(tx, orgId, verified) : []
    for (const { domain, people, unlinked } of counted) {
      const use = uses.get(domainOfAddress(`x@${domain}`) ?? '')
      if (!use) continue
      use.people += people
      use.linkedByAddress += unlinked
    }
    return uses
  })
}

function countByDomain(tx: Tx, orgId: string, domains: readonly string[]) {
  const address = sql<string>`coalesce(${emailDomain}, ${nameDomain})`
  return tx
    .select({
      domain: address,
      people: sql<number>`count(*)::int`,
      unlinked: sql<number>`count(*) filter (where ${users.externalId} is null and ${idpLinks.userId} is null)::int`,
    })
    .from(users)
    .leftJoin(idpLinks, and(eq(idpLinks.orgId, users.orgId), eq(idpLinks.userId, users.id)))
    .where(and(here(orgId), sql`${address} = any(${spelled(domains)})`))
    .groupBy(address)
}

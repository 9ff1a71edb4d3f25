import type { Metadata } from 'next'
import { LiveRefresh } from '@/components/live/live-refresh'
import { ClaimDomain } from '@/components/settings/claim-domain'
import { type ClaimView, DomainClaim } from '@/components/settings/domain-claim'
import { DomainPolicy } from '@/components/settings/domain-policy'
import { Outsiders } from '@/components/settings/outsiders'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { requirePage } from '@/lib/auth/authorize'
import { type DomainUse, previewOutsiders, previewReleases } from '@/lib/directory/domain-people'
import { type DomainClaim as Claim, listDomains } from '@/lib/orgs/domains'
import { getOrg } from '@/lib/orgs/orgs'
import { titleOf } from '../../../org-title'
import { checkAction, claimAction, policyAction, releaseAction } from './actions'

type Props = { params: Promise<{ org: string }> }

const changes = ['domain.', 'org.changed']

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Domains')

export default async function DomainsPage({ params }: Props) {
  const { org } = await params
  const viewer = await requirePage(org, 'admin', `/orgs/${org}/admin/settings/domains`)
  const { orgId } = viewer
  const [company, claims, uses, outsiders] = await Promise.all([
    getOrg(orgId),
    listDomains(orgId),
    previewReleases(orgId),
    previewOutsiders(orgId),
  ])
  const verified = claims.filter((claim) => claim.verifiedAt)
  return (
    <>
      <PageHeader
        title="Domains"
        lead={`The e-mail domains of ${viewer.orgName}: they lead people to your Okta, and say who belongs here.`}
      >
        <LiveRefresh org={org} types={changes} />
      </PageHeader>
      <div className="grid gap-4">
        <Card title="Your domains" note="looked up once a day">
          {claims.length > 0 ? (
            <ul className="divide-y divide-border border-b border-border">
              {claims.map((claim) => (
                <DomainClaim
                  key={claim.domain}
                  claim={viewOf(claim, uses)}
                  check={checkAction.bind(null, org)}
                  release={releaseAction.bind(null, org)}
                />
              ))}
            </ul>
          ) : (
            <p className="px-4 pt-4 text-muted">
              None yet. Claim a domain, put the record you get into its DNS, and check: from then on people with an
              address there find their sign-in by it.
            </p>
          )}
          <ClaimDomain action={claimAction.bind(null, org)} />
        </Card>
        <Card title="Who may come in" note="by the address">
          <DomainPolicy
            policy={company?.domainPolicy ?? 'warn'}
            hasDomain={verified.length > 0}
            action={policyAction.bind(null, org)}
          />
          <Outsiders org={org} {...outsiders} domains={verified.map((claim) => claim.shown)} />
        </Card>
      </div>
    </>
  )
}

function viewOf(claim: Claim, uses: Map<string, DomainUse>): ClaimView {
  const { domain, shown, record, expiresAt, verifiedAt, checkedAt } = claim
  return {
    domain,
    shown,
    record,
    state: stateOf(claim),
    expiresAt: expiresAt.toISOString(),
    verifiedAt: verifiedAt?.toISOString() ?? null,
    checkedAt: checkedAt?.toISOString() ?? null,
    use: uses.get(domain) ?? null,
  }
}

function stateOf({ verifiedAt, result, expiresAt }: Claim): ClaimView['state'] {
  if (verifiedAt) return result === 'missing' || result === 'wrong' ? 'gone' : 'verified'
  if (expiresAt <= new Date()) return 'expired'
  return result === 'taken' ? 'taken' : 'waiting'
}

import type { Metadata } from 'next'
import { LiveRefresh } from '@/components/live/live-refresh'
import { AttributeMap } from '@/components/settings/attribute-map'
import { ConfirmFirst } from '@/components/settings/confirm-first'
import { OktaDoes } from '@/components/settings/okta-does'
import { ProvisioningState } from '@/components/settings/provisioning-state'
import { ScimMode } from '@/components/settings/scim-mode'
import { SwitchOff } from '@/components/settings/switch-off'
import { TokenList } from '@/components/settings/token-list'
import { TokenWarnings } from '@/components/settings/token-warnings'
import { tokenPlace } from '@/components/setup/idp-words'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { requirePage } from '@/lib/auth/authorize'
import { ownUrl } from '@/lib/auth/origin'
import { isSteppedUp, stepUpHref } from '@/lib/auth/step-up'
import { getProvisioning } from '@/lib/orgs/connections'
import { previewOff } from '@/lib/orgs/provisioning-state'
import { listTokens, OVERLAP_HOURS, TOKEN_DAYS, type TokenView, tokenWarnings } from '@/lib/orgs/tokens'
import { titleOf } from '../../../org-title'
import { disconnectAction, modeAction, revokeAction, stateAction, tokenAction } from './actions'

type Props = { params: Promise<{ org: string }> }

const changes = ['token.', 'connection.', 'provisioning.']

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Provisioning')

export default async function ProvisioningPage({ params }: Props) {
  const { org } = await params
  const here = `/orgs/${org}/admin/settings/provisioning`
  const viewer = await requirePage(org, 'admin', here)
  const [provisioning, tokens, preview] = await Promise.all([
    getProvisioning(viewer.orgId),
    listTokens(viewer.orgId),
    previewOff(viewer.orgId),
  ])
  const header = (
    <PageHeader title="Provisioning" lead={`How Okta keeps the people of ${viewer.orgName} here, over SCIM 2.0.`}>
      <LiveRefresh org={org} types={changes} />
      <ButtonLink href={`/orgs/${org}/admin/setup/readiness`}>OIN readiness</ButtonLink>
    </PageHeader>
  )
  const confirmed = isSteppedUp(viewer)
  const confirmHref = stepUpHref(org, here)
  const baseUrl = ownUrl(`/scim/v2/${org}`)
  const setState = stateAction.bind(null, org)
  return (
    <>
      {header}
      <div className="grid gap-4">
        <TokenWarnings
          warnings={tokenWarnings(tokens).map((each) => ({ ...each, expiresAt: each.expiresAt.toISOString() }))}
        />
        <ProvisioningState
          org={org}
          state={provisioning.scimState}
          held={preview.held}
          lastRequestAt={provisioning.lastRequestAt?.toISOString() ?? null}
          baseUrl={baseUrl}
          setState={setState}
        />
        <Card title="Tokens" note="two live at most, so that one can take over from the other">
          <TokenList
            tokens={tokens.map(toPlain)}
            baseUrl={baseUrl}
            place={tokenPlace(provisioning.mode)}
            confirmed={confirmed}
            days={TOKEN_DAYS}
            overlaps={OVERLAP_HOURS}
            make={tokenAction.bind(null, org)}
            revoke={revokeAction.bind(null, org)}
          />
          {confirmed ? null : (
            <ConfirmFirst href={confirmHref}>To create or rotate a token, confirm with Okta who you are.</ConfirmFirst>
          )}
        </Card>
        <OktaDoes />
        <AttributeMap />
        <Card title="Client">
          <ScimMode mode={provisioning.mode} confirmed={confirmed} action={modeAction.bind(null, org)} />
          {confirmed ? null : (
            <ConfirmFirst href={confirmHref}>To change this, confirm with Okta who you are.</ConfirmFirst>
          )}
        </Card>
        <SwitchOff
          preview={preview}
          isOff={provisioning.scimState === 'off'}
          confirmed={confirmed}
          setState={setState}
          disconnect={disconnectAction.bind(null, org)}
        >
          {confirmed ? null : (
            <ConfirmFirst href={confirmHref}>To switch off or disconnect, confirm with Okta who you are.</ConfirmFirst>
          )}
        </SwitchOff>
      </div>
    </>
  )
}

const toPlain = ({ createdAt, expiresAt, revokedAt, lastUsedAt, ...token }: TokenView) => ({
  ...token,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  revokedAt: revokedAt?.toISOString() ?? null,
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
})

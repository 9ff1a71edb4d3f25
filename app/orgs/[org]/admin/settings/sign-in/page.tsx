import type { Metadata } from 'next'
import { LiveRefresh } from '@/components/live/live-refresh'
import { ConfirmFirst } from '@/components/settings/confirm-first'
import { SignInAddresses } from '@/components/settings/sign-in-addresses'
import { SignInForm } from '@/components/settings/sign-in-form'
import { SignInSwitches } from '@/components/settings/sign-in-switches'
import { SignInTest } from '@/components/settings/sign-in-test'
import { Banner } from '@/components/ui/banner'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { requirePage } from '@/lib/auth/authorize'
import { oktaAddresses } from '@/lib/auth/okta-addresses'
import { isSteppedUp, stepUpHref } from '@/lib/auth/step-up'
import { testProblem, testResult } from '@/lib/auth/test-result'
import { getConnection } from '@/lib/orgs/connections'
import { getOrg } from '@/lib/orgs/orgs'
import { countForeignLinks } from '@/lib/orgs/sign-in-switch'
import { titleOf } from '../../../org-title'
import { connectionAction, forgetLinksAction, jitAction, signInAction } from './actions'

type Props = { params: Promise<{ org: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

const changes = ['connection.', 'org.changed']

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Sign-in')

export default async function SignInSettingsPage({ params, searchParams }: Props) {
  const { org } = await params
  const here = `/orgs/${org}/admin/settings/sign-in`
  const viewer = await requirePage(org, 'admin', here)
  const { test } = await searchParams
  const { orgId } = viewer
  const [company, connection, foreignLinks, result] = await Promise.all([
    getOrg(orgId),
    getConnection(orgId),
    countForeignLinks(orgId),
    testResult(orgId, test),
  ])
  const confirmed = isSteppedUp(viewer)
  const confirmFirst = confirmed ? null : (
    <ConfirmFirst href={stepUpHref(org, here)}>To change this, confirm with Okta who you are.</ConfirmFirst>
  )
  const secret = connection && {
    hint: connection.clientSecretHint,
    setAt: connection.clientSecretSetAt.toISOString(),
  }
  return (
    <>
      <PageHeader
        title="Sign-in"
        lead={`How people of ${viewer.orgName} come in: through your Okta, by OpenID Connect.`}
      >
        <LiveRefresh org={org} types={changes} />
      </PageHeader>
      <div className="grid gap-4">
        {connection?.signIn === 'off' ? (
          <Banner tone="warn" title="Sign-in is off">
            Nobody can begin a sign-in. Turn it on below once the connection works.
          </Banner>
        ) : null}
        <Card title="Client at Okta" note={connection ? 'an OIDC web application' : 'not set up yet'}>
          <SignInForm
            issuer={connection?.issuer ?? ''}
            clientId={connection?.clientId ?? ''}
            secret={secret}
            confirmed={confirmed}
            action={connectionAction.bind(null, org)}
          />
          {confirmFirst}
        </Card>
        <SignInAddresses addresses={oktaAddresses(org)} />
        {connection ? (
          <>
            <SignInTest
              org={org}
              testedAt={connection.testedAt?.toISOString() ?? null}
              result={result}
              problem={testProblem(test)}
            />
            <SignInSwitches
              org={org}
              signIn={connection.signIn}
              jit={company?.jit ?? false}
              foreignLinks={foreignLinks}
              confirmed={confirmed}
              setSignIn={signInAction.bind(null, org)}
              setJit={jitAction.bind(null, org)}
              forgetLinks={forgetLinksAction.bind(null, org)}
            >
              {confirmFirst}
            </SignInSwitches>
          </>
        ) : null}
      </div>
    </>
  )
}

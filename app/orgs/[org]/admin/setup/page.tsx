import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { LiveRefresh } from '@/components/live/live-refresh'
import { ConfirmFirst } from '@/components/settings/confirm-first'
import { GuestFrame } from '@/components/setup/guest-frame'
import { PollRefresh } from '@/components/setup/poll-refresh'
import { SetupLink } from '@/components/setup/setup-link'
import { StepList, stepTitles } from '@/components/setup/step-list'
import { FinishStep, IdpStep, ListenStep, ProvisioningStep, SignInStep } from '@/components/setup/steps'
import { Banner } from '@/components/ui/banner'
import { PageHeader } from '@/components/ui/page-header'
import { currentSession, requireSetup } from '@/lib/auth/authorize'
import { oktaAddresses } from '@/lib/auth/okta-addresses'
import { ownUrl } from '@/lib/auth/origin'
import { openSetupLink } from '@/lib/auth/setup-link'
import { isSteppedUp, stepUpHref } from '@/lib/auth/step-up'
import { testProblem, testResult } from '@/lib/auth/test-result'
import { getSetup, SETUP_CHANGES } from '@/lib/orgs/setup-facts'
import { type SetupStepName, stepOf, stepsDone } from '@/lib/orgs/setup-steps'
import { titleOf } from '../../org-title'
import { chooseAction, clientAction, finishAction, linkAction, makeTokenAction } from './actions'

type Props = { params: Promise<{ org: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Setup', { guests: true })

export default async function SetupPage({ params, searchParams }: Props) {
  const { org } = await params
  const here = `/orgs/${org}/admin/setup`
  const door = await requireSetup(org, here)
  const viewer = door.kind === 'admin' ? door.viewer : null
  const { orgId, orgName } = door.kind === 'admin' ? door.viewer : door.guest
  const query = await searchParams
  const [setup, result, link] = await Promise.all([
    getSetup(orgId, ownUrl(`/scim/v2/${org}`)),
    viewer ? testResult(orgId, query.test) : null,
    viewer ? openSetupLink(orgId) : null,
  ])
  const done = stepsDone(setup)
  const step = stepOf(query.step, done)
  const confirmed = viewer === null || isSteppedUp(viewer)
  const confirmFirst = confirmed ? null : (
    <ConfirmFirst href={stepUpHref(org, `${here}?step=${step}`)}>
      To change this, confirm with Okta who you are.
    </ConfirmFirst>
  )
  const common = { org, setup, confirmed, confirmFirst, guest: viewer === null }
  const steps: Record<SetupStepName, () => ReactNode> = {
    idp: () => <IdpStep {...common} action={chooseAction.bind(null, org)} />,
    'sign-in': () => (
      <SignInStep
        {...common}
        addresses={oktaAddresses(org)}
        result={result}
        problem={testProblem(query.test)}
        action={clientAction.bind(null, org)}
      />
    ),
    provisioning: () => <ProvisioningStep {...common} action={makeTokenAction.bind(null, org)} />,
    listen: () => <ListenStep {...common} />,
    done: () => <FinishStep {...common} done={done} action={finishAction.bind(null, org)} />,
  }
  const body = (
    <>
      <PageHeader title="Setup" lead={`Connects ${orgName} to its identity provider, step by step.`}>
        {viewer ? (
          <LiveRefresh org={org} types={SETUP_CHANGES} reads={step === 'listen'} />
        ) : step === 'listen' ? (
          <PollRefresh />
        ) : null}
      </PageHeader>
      {viewer?.sessionKind === 'recovery' && !setup.signInWorks ? (
        <div className="mb-4">
          <Banner tone="warn" title="This session lasts 30 minutes and cannot be prolonged.">
            Set up sign-in and test it first; then you can come back through Okta at any time.
          </Banner>
        </div>
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <StepList here={here} current={step} done={done} />
        <section aria-label={stepTitles[step]} className="grid grid-cols-[minmax(0,1fr)] gap-4">
          {steps[step]()}
          {viewer && step === 'done' ? (
            <SetupLink
              open={link && (link.usedAt ? 'used' : 'waiting')}
              until={(link?.visitExpiresAt ?? link?.expiresAt)?.toISOString() ?? null}
              confirmed={confirmed}
              action={linkAction.bind(null, org)}
            >
              {confirmFirst}
            </SetupLink>
          ) : null}
        </section>
      </div>
    </>
  )
  // A guest who is an employee here has the frame of the signed-in already.
  if (door.kind === 'admin' || (await currentSession(org)).kind === 'live') return body
  const { madeBy, until } = door.guest
  return (
    <GuestFrame org={orgName} madeBy={madeBy.name} until={until.toISOString()}>
      {body}
    </GuestFrame>
  )
}

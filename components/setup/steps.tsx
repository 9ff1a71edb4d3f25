import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import type { ReactNode } from 'react'
import { ChoiceForm } from '@/components/settings/choice-form'
import type { OktaAddress } from '@/components/settings/sign-in-addresses'
import { type ConnectionFormState, SignInForm } from '@/components/settings/sign-in-form'
import { SignInTest, type TestResult } from '@/components/settings/sign-in-test'
import { Banner } from '@/components/ui/banner'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { ConfirmState } from '@/components/ui/confirm'
import { diagnose, LIGHTS } from '@/lib/orgs/setup'
import type { SetupFacts } from '@/lib/orgs/setup-facts'
import { SETUP_STEPS, type SetupStepName } from '@/lib/orgs/setup-steps'
import { scimIsUsed } from '@/lib/orgs/setup-work'
import { Drawing } from './drawing'
import { idpWords, scimValues, tokenPlace } from './idp-words'
import { Lights } from './lights'
import { MakeToken, type MakeTokenState } from './make-token'
import { stepTitles } from './step-list'
import { Values } from './values'

type Common = { org: string; setup: SetupFacts; confirmed: boolean; confirmFirst: ReactNode; guest: boolean }
type Action<S> = (state: S, form: FormData) => Promise<S>

const Next = ({ org, step, children }: { org: string; step: SetupStepName; children: string }) => (
  <p>
    <ButtonLink href={`/orgs/${org}/admin/setup?step=${step}`}>{children}</ButtonLink>
  </p>
)

const idps = [
  { value: 'okta', name: 'Okta', text: 'Sign-in by OpenID Connect, people and groups by SCIM.' },
  { value: 'entra', name: 'Microsoft Entra ID', text: 'People and groups by SCIM, as Entra sends it.' },
  {
    value: 'strict',
    name: 'Other SCIM 2.0',
    text: 'Any client that keeps to RFC 7644. Requests are read to the letter.',
  },
]

export function IdpStep(props: Common & { action: Action<ConfirmState> }) {
  const { setup, confirmed, confirmFirst, guest, action } = props
  const inUse = guest && scimIsUsed(setup.scimState)
  return (
    <Card title="Where are your people kept?" note="it can be changed later">
      <ChoiceForm
        name="mode"
        legend="Identity provider"
        choices={idps}
        chosen={setup.mode}
        verb="Go on"
        locked={!confirmed || inUse}
        action={action}
      />
      {confirmFirst}
      {inUse ? (
        <p className="px-4 pb-4 text-muted">Provisioning is in use already: an admin changes it, signed in.</p>
      ) : null}
    </Card>
  )
}

type SignIn = Common & {
  addresses: OktaAddress[]
  result: TestResult | null
  problem: string | null
  action: Action<ConnectionFormState>
}

export function SignInStep({ guest, org, setup, confirmed, confirmFirst, addresses, result, problem, action }: SignIn) {
  const { client, testedAt, mode, verifiedDomain, seen } = setup
  const words = idpWords[mode]
  const secret = client && { hint: client.hint, setAt: client.setAt.toISOString() }
  return (
    <>
      <Card title={`1. Create the application in ${words.name}`} note="a drawing, not a picture of it">
        <Drawing {...words.signIn} />
        <p className="max-w-prose px-4 pb-4 text-muted">{words.signIn.note}</p>
        <Values values={addresses.map(({ label, url, note }) => ({ label, value: url, note }))} />
      </Card>
      <Card title="2. Bring back what it shows">
        <SignInForm
          issuer={client?.issuer ?? ''}
          clientId={client?.clientId ?? ''}
          secret={secret}
          confirmed={confirmed && !(guest && setup.signInWorks)}
          action={action}
        />
        {confirmFirst}
        {guest && setup.signInWorks ? (
          <p className="px-4 pb-4 text-muted">Sign-in is in use already: an admin changes it, signed in.</p>
        ) : null}
      </Card>
      {client && !guest ? (
        <SignInTest org={org} testedAt={testedAt?.toISOString() ?? null} result={result} problem={problem} setup />
      ) : null}
      {verifiedDomain || seen.person || guest ? null : (
        <Banner
          tone="info"
          title="Who is here already is recognised by a verified domain, or once SCIM has sent them."
          action={<ButtonLink href={`/orgs/${org}/admin/settings/domains`}>Verify a domain</ButtonLink>}
        >
          Without either, sign-in works but lets nobody in: an e-mail address alone proves nothing.
        </Banner>
      )}
      <Next org={org} step="provisioning">
        {setup.signInWorks ? 'Go on to provisioning' : 'Set up provisioning first'}
      </Next>
    </>
  )
}

export function ProvisioningStep(props: Common & { action: Action<MakeTokenState> }) {
  const { org, setup, confirmed, confirmFirst, guest, action } = props
  const words = idpWords[setup.mode]
  return (
    <>
      <Card title={`1. Open the provisioning form in ${words.name}`} note="a drawing, not a picture of it">
        <Drawing {...words.scim} />
        <p className="max-w-prose px-4 pb-4 text-muted">{words.scim.note}</p>
        <Values values={scimValues(setup.mode, setup.baseUrl)} />
      </Card>
      <Card
        title="2. Give it a token"
        note={setup.token?.state === 'live' ? 'one is live; another can be made beside it' : 'none is live yet'}
      >
        {guest && scimIsUsed(setup.scimState) ? (
          <p className="p-4 text-muted">Provisioning is in use already: an admin makes further tokens, signed in.</p>
        ) : (
          <MakeToken
            baseUrl={setup.baseUrl}
            place={tokenPlace(setup.mode)}
            off={setup.scimState === 'off'}
            reviewed={guest}
            confirmed={confirmed}
            action={action}
          />
        )}
        {confirmFirst}
      </Card>
      <Next org={org} step="listen">
        Listen to its first requests
      </Next>
    </>
  )
}

export function ListenStep({ org, setup, guest }: Common) {
  const words = idpWords[setup.mode]
  const found = diagnose(setup)
  const silent = found.length === 0 && LIGHTS.every((light) => !setup.seen[light])
  const local = /^https?:\/\/(localhost|127\.|10\.|192\.168\.)/.test(setup.baseUrl)
  return (
    <>
      <noscript>
        <p>
          <a className="text-accent underline" href={`/orgs/${org}/admin/setup?step=listen`}>
            Look again
          </a>
        </p>
      </noscript>
      <Card title={`What arrives from ${words.name}`} note="from recorded requests">
        <Lights
          seen={setup.seen}
          diagnoses={found}
          test={words.test}
          eventsPath={guest ? null : `/orgs/${org}/admin/events`}
          rolesPath={guest ? null : `/orgs/${org}/admin/settings/roles`}
        />
      </Card>
      {silent ? (
        <Banner tone="info" title="Nothing has arrived yet.">
          Once the test is pressed, something shows here within a second. If nothing does, the request went elsewhere:
          the base URL has to be {setup.baseUrl}.{' '}
          {local
            ? 'It is an address of this machine: from the internet it needs a tunnel, and ROLLCALL_URL set to it.'
            : null}
        </Banner>
      ) : null}
      <Next org={org} step="done">
        Look at the checklist
      </Next>
    </>
  )
}

const checks: Record<Exclude<SetupStepName, 'done'>, string> = {
  idp: 'The identity provider is chosen',
  'sign-in': 'Somebody signed in through it, or a test went well',
  provisioning: 'Provisioning is on and has a live token',
  listen: 'People, groups and a role arrived',
}

export function FinishStep({
  org,
  done,
  guest,
  action,
}: Common & { done: readonly SetupStepName[]; action: () => Promise<void> }) {
  const finished = done.includes('done')
  return (
    <Card title="Checklist" note={finished ? 'finished' : undefined}>
      <ul className="grid gap-2 p-4">
        {SETUP_STEPS.flatMap((step) => {
          if (step === 'done') return []
          const is = done.includes(step)
          const Icon = is ? CircleCheck : CircleDashed
          return [
            <li key={step} className="flex items-start gap-2.5">
              <Icon size={18} aria-hidden="true" className={`mt-0.5 shrink-0 ${is ? 'text-ok' : 'text-muted'}`} />
              <span>
                {checks[step]} <span className="sr-only">{is ? '(done)' : '(not yet)'}</span>
                {is ? null : (
                  <a className="ml-1 text-accent underline" href={`/orgs/${org}/admin/setup?step=${step}`}>
                    {stepTitles[step]}
                  </a>
                )}
              </span>
            </li>,
          ]
        })}
      </ul>
      {guest ? (
        <p className="border-t border-border p-4 text-muted">
          An admin tests sign-in, gives groups their roles and finishes the setup.
        </p>
      ) : (
        <div className="flex flex-wrap items-center gap-3 border-t border-border p-4">
          {finished ? (
            <ButtonLink href={`/orgs/${org}/admin`} look="primary">
              Open the overview
            </ButtonLink>
          ) : (
            <form action={action}>
              <Button type="submit" look="primary">
                Finish setup
              </Button>
            </form>
          )}
          <span className="text-muted">
            {finished
              ? 'Each step can be opened again.'
              : 'Sign-in alone or provisioning alone is enough: finish when you have what you want.'}
          </span>
        </div>
      )}
    </Card>
  )
}

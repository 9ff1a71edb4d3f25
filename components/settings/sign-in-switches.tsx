import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Confirm, type ConfirmState } from '@/components/ui/confirm'
import { counted } from '@/components/ui/format'

type Action = (state: ConfirmState, form: FormData) => Promise<ConfirmState>
type Props = {
  org: string
  signIn: 'on' | 'off'
  jit: boolean
  /** People linked to an Okta identity of another issuer. */
  foreignLinks: number
  confirmed: boolean
  setSignIn: Action
  setJit: Action
  forgetLinks: Action
  /** What stands for the buttons until the admin has confirmed with Okta. */
  children: ReactNode
}

/** Who may come in by Okta: the switch of sign-in as a whole, people made at first sign-in, links of earlier issuers. */
export function SignInSwitches(p: Props) {
  const isOn = p.signIn === 'on'
  return (
    <Card title="Who may sign in">
      <div className="divide-y divide-border">
        <Row
          name="Sign-in with Okta"
          state={<Badge tone={isOn ? 'ok' : 'warn'}>{isOn ? 'On' : 'Off'}</Badge>}
          text={
            isOn
              ? 'Whoever Okta lets through and Rollcall knows may sign in.'
              : 'Nobody can begin a sign-in. Sessions that are open go on until they end.'
          }
        >
          {p.confirmed ? isOn ? <TurnOff org={p.org} action={p.setSignIn} /> : <TurnOn action={p.setSignIn} /> : null}
        </Row>
        <Row
          name="New people at first sign-in (JIT)"
          state={<Badge tone={p.jit ? 'accent' : 'neutral'}>{p.jit ? 'On' : 'Off'}</Badge>}
          text={
            p.jit
              ? 'Anybody your Okta lets through is added when they first sign in, as a member or what their groups say.'
              : 'Only people who are here already may sign in: pushed by Okta, or added by hand.'
          }
        >
          {p.confirmed ? <Jit on={p.jit} action={p.setJit} /> : null}
        </Row>
        {p.foreignLinks > 0 ? (
          <Row
            name="Links to another issuer"
            state={<Badge tone="warn">{counted(p.foreignLinks, 'person', 'people')}</Badge>}
            text="They signed in by an issuer that is no longer the connection’s. Okta’s people are found again by their Okta id; others only once the old link is forgotten."
          >
            {p.confirmed ? <Forget n={p.foreignLinks} action={p.forgetLinks} /> : null}
          </Row>
        ) : null}
      </div>
      {p.children}
    </Card>
  )
}

function Row({
  name,
  state,
  text,
  children,
}: Record<'name' | 'text', string> & Record<'state' | 'children', ReactNode>) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{name}</span> {state}
        </p>
        <p className="max-w-prose text-muted">{text}</p>
      </div>
      {children}
    </div>
  )
}

const TurnOff = ({ org, action }: { org: string; action: Action }) => (
  <Confirm
    trigger="Turn off"
    triggerLabel="Turn off sign-in with Okta"
    title="Turn off sign-in with Okta?"
    values={{ signIn: 'off' }}
    verb="Turn off sign-in"
    danger
    action={action}
  >
    <p>Nobody can begin a sign-in until it is on again, you included. Sessions that are open go on.</p>
    <p>
      If you are signed out meanwhile, the operator’s command <code>npm run recover -- --org {org}</code> makes a link
      that lets an owner in.
    </p>
  </Confirm>
)

const TurnOn = ({ action }: { action: Action }) => (
  <Confirm
    trigger="Turn on"
    triggerLabel="Turn on sign-in with Okta"
    look="primary"
    title="Turn on sign-in with Okta?"
    values={{ signIn: 'on' }}
    verb="Turn on sign-in"
    action={action}
  >
    <p>People your Okta lets through may sign in again.</p>
  </Confirm>
)

const Jit = ({ on, action }: { on: boolean; action: Action }) => (
  <Confirm
    trigger={on ? 'Turn off' : 'Turn on'}
    triggerLabel={`Turn ${on ? 'off' : 'on'} new people at first sign-in`}
    title={`Turn ${on ? 'off' : 'on'} new people at first sign-in?`}
    values={{ jit: on ? 'off' : 'on' }}
    verb={on ? 'Turn off JIT' : 'Turn on JIT'}
    action={action}
  >
    {on ? (
      <p>People who were added this way stay. Nobody new is added by signing in.</p>
    ) : (
      <p>
        Whoever is assigned to Rollcall in Okta is added here when they first sign in. With provisioning on, Okta adds
        people anyway, before they sign in.
      </p>
    )}
  </Confirm>
)

const Forget = ({ n, action }: { n: number; action: Action }) => (
  <Confirm
    trigger="Forget links"
    title={`Forget ${counted(n, 'link', 'links')} to another issuer?`}
    verb="Forget links"
    action={action}
  >
    <p>
      At their next sign-in these people are looked for anew: by Okta id, else by an e-mail on one of your verified
      domains. Accounts, roles and sessions stay as they are.
    </p>
  </Confirm>
)

import Link from 'next/link'
import { Badge, type Tone } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Confirm, type ConfirmState } from '@/components/ui/confirm'
import { CopyButton } from '@/components/ui/copy-button'
import { upTo } from '@/components/ui/format'
import { Time } from '@/components/ui/time'

type State = 'off' | 'pending' | 'active' | 'paused'
type Action = (state: ConfirmState, form: FormData) => Promise<ConfirmState>
type Props = {
  org: string
  state: State
  held: number
  /** ISO 8601; null: Okta has not asked for anything yet. */
  lastRequestAt: string | null
  baseUrl: string
  setState: Action
}

const words: Record<State, { tone: Tone; word: string; text: string }> = {
  off: { tone: 'neutral', word: 'Off', text: 'Okta is refused. People are kept here by hand.' },
  pending: {
    tone: 'warn',
    word: 'Review first',
    text: 'Whoever Okta adds waits, inactive, until an admin lets them in.',
  },
  active: { tone: 'ok', word: 'Active', text: 'What Okta sends takes effect at once.' },
  paused: {
    tone: 'warn',
    word: 'Paused',
    text: 'Okta is refused for now. What it could not send waits there under Dashboard, Tasks: retry it after resuming.',
  },
}

/** How it stands between Okta and us: the state in one word, the last request, the address, and how to stop it. */
export function ProvisioningState({ org, state, held, lastRequestAt, baseUrl, setState }: Props) {
  const { tone, word, text } = words[state]
  const waiting = state === 'active' && lastRequestAt === null
  return (
    <Card title="Directory">
      <div className="grid gap-4 p-4">
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-2">
              <Badge tone={waiting ? 'accent' : tone}>{waiting ? 'Waiting for Okta' : word}</Badge>
              <span className="text-muted">
                {lastRequestAt ? (
                  <>
                    last request <Time at={lastRequestAt} />
                  </>
                ) : (
                  'no request yet'
                )}
              </span>
            </p>
            <p className="mt-1.5 max-w-prose">{text}</p>
            {held > 0 ? (
              <p className="mt-1 text-warn">
                {upTo(held)} {held === 1 ? 'person waits' : 'people wait'}{' '}
                <Link href={`/orgs/${org}/admin/users/review`} prefetch={false} className="underline">
                  for review
                </Link>
                .
              </p>
            ) : null}
          </div>
          <Switches state={state} setState={setState} />
        </div>
        <dl>
          <dt className="text-xs text-muted">SCIM base URL</dt>
          <dd className="flex items-center gap-1">
            <code className="min-w-0 rounded bg-raised px-2 py-1 font-mono text-xs break-all select-all">
              {baseUrl}
            </code>
            <CopyButton text={baseUrl} label="Copy the base URL" />
          </dd>
        </dl>
      </div>
    </Card>
  )
}

function Switches({ state, setState }: { state: State; setState: Action }) {
  if (state === 'active' || state === 'pending') {
    return (
      <div className="flex flex-wrap gap-2">
        {state === 'pending' ? (
          <Confirm
            trigger="Stop reviewing"
            title="Let Okta’s people in at once?"
            verb="Stop reviewing"
            values={{ state: 'active' }}
            action={setState}
          >
            <p>From now on whoever Okta adds may sign in. Who waits already goes on waiting until you decide.</p>
          </Confirm>
        ) : (
          <Confirm
            trigger="Review first"
            title="Review people before they come in?"
            verb="Review first"
            values={{ state: 'pending' }}
            action={setState}
          >
            <p>Whoever Okta adds from now on waits, inactive, until an admin lets them in. Who is in stays in.</p>
          </Confirm>
        )}
        <Confirm
          trigger="Pause"
          title="Pause provisioning?"
          verb="Pause provisioning"
          values={{ state: 'paused' }}
          action={setState}
        >
          <p>Okta gets 403 with a sentence that says so, and nothing changes here until you resume.</p>
          <p>Who leaves the company meanwhile keeps access until then: end their sessions on their page if need be.</p>
        </Confirm>
      </div>
    )
  }
  return (
    <Confirm
      trigger={state === 'paused' ? 'Resume' : 'Switch on'}
      look="primary"
      title={state === 'paused' ? 'Resume provisioning?' : 'Switch provisioning on?'}
      verb={state === 'paused' ? 'Resume provisioning' : 'Switch on'}
      values={{ state: 'active' }}
      action={setState}
    >
      <p>What Okta sends takes effect at once, from its next request on.</p>
      <p>In Okta, retry the tasks that failed meanwhile, under Dashboard, Tasks.</p>
    </Confirm>
  )
}

import clsx from 'clsx'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import CircleX from 'lucide-react/icons/circle-x'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Json } from '@/components/ui/json'
import { Time } from '@/components/ui/time'

type Outcome = 'ok' | 'skipped' | 'failed'
export type TestResult = {
  at: string
  ref: string
  ok: boolean
  steps: { step: string; outcome: Outcome; text: string }[]
  claims: unknown
}

type Props = {
  org: string
  /** ISO 8601; null: no test has gone well since the connection was changed. */
  testedAt: string | null
  result: TestResult | null
  /** Why a test that was asked for did not take place. */
  problem: string | null
  /** On the setup pages: the result comes back there. */
  setup?: boolean
}

const names: Record<string, string> = {
  issuer: 'Issuer',
  keys: 'Signing keys',
  client: 'Client ID and secret',
  redirect: 'Sign-in at Okta',
  token: 'ID token and nonce',
  match: 'Who it is here',
}
const looks = {
  ok: { Icon: CircleCheck, word: 'passed', colour: 'text-ok' },
  skipped: { Icon: CircleDashed, word: 'note', colour: 'text-warn' },
  failed: { Icon: CircleX, word: 'failed', colour: 'text-fail' },
}

/** "Test this connection": a round trip to Okta that opens no session, and what came of the last one. */
export function SignInTest({ org, testedAt, result, problem, setup = false }: Props) {
  return (
    <Card
      title={<span id="test">Test this connection</span>}
      note={testedAt ? <Tested at={testedAt} /> : 'not tested since it was last changed'}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 p-4">
        <p className="min-w-0 flex-1 basis-60 text-muted">
          Takes you to Okta and back and shows what Okta says about you. It tests what is saved, opens no session and
          changes nobody. If Okta shows an error about the redirect URI instead of coming back, the address for this
          test, above, is missing from the app in Okta.
        </p>
        <form method="post" action={`/api/orgs/${org}/test-connection${setup ? '?setup' : ''}`}>
          <Button type="submit">Test this connection</Button>
        </form>
        {problem ? (
          <p role="alert" className="basis-full rounded-md bg-warn-soft px-3 py-2">
            {problem}
          </p>
        ) : null}
      </div>
      {result ? <Result org={org} result={result} /> : null}
    </Card>
  )
}

const Tested = ({ at }: { at: string }): ReactNode => (
  <>
    went well <Time at={at} />
  </>
)

function Result({ org, result: { at, ref, ok, steps, claims } }: { org: string; result: TestResult }) {
  return (
    <div className="border-t border-border">
      <p className="flex flex-wrap items-baseline gap-x-3 px-4 pt-3" role="status">
        <strong className={ok ? 'text-ok' : 'text-fail'}>
          {ok ? 'The connection works.' : 'It does not work yet.'}
        </strong>
        <span className="text-xs text-muted">
          <Time at={at} /> ·{' '}
          <a className="font-mono underline" href={`/orgs/${org}/admin/events/${ref}`}>
            {ref}
          </a>
        </span>
      </p>
      <ol className="grid gap-2 px-4 py-3">
        {steps.map(({ step, outcome, text }) => {
          const { Icon, word, colour } = looks[outcome]
          return (
            <li key={step} className="flex gap-3">
              <Icon size={16} aria-hidden="true" className={clsx('mt-0.5 shrink-0', colour)} />
              <p className="min-w-0 break-words">
                <span className="font-medium">{names[step] ?? step}</span>
                <span className="sr-only">, {word}:</span> <span className="text-muted">{text}.</span>
              </p>
            </li>
          )
        })}
      </ol>
      {claims ? (
        <details className="border-t border-border">
          <summary className="cursor-pointer px-4 py-2.5 text-accent hover:underline">What the ID token says</summary>
          <Json value={claims} label="Claims of the ID token" />
        </details>
      ) : null}
    </div>
  )
}

import { Badge, type Tone } from '@/components/ui/badge'
import { Confirm, type ConfirmState } from '@/components/ui/confirm'
import { CopyButton } from '@/components/ui/copy-button'
import { counted } from '@/components/ui/format'
import { Time } from '@/components/ui/time'
import { CheckDomain } from './check-domain'
import { Moment } from './moment'

type Action = (state: ConfirmState, form: FormData) => Promise<ConfirmState>
export type ClaimView = {
  domain: string
  shown: string
  record: { name: string; value: string }
  state: 'verified' | 'gone' | 'waiting' | 'taken' | 'expired'
  expiresAt: string
  verifiedAt: string | null
  checkedAt: string | null
  use: { people: number; linkedByAddress: number } | null
}
type Props = { claim: ClaimView; check: Action; release: Action }

const words: Record<ClaimView['state'], [Tone, string]> = {
  verified: ['ok', 'Verified'],
  gone: ['warn', 'Verified, record gone'],
  waiting: ['accent', 'Waiting for the record'],
  taken: ['fail', 'Another organization has it'],
  expired: ['neutral', 'Claim expired'],
}

/** One domain: how it stands, the record that proves it, and what can be done. */
export function DomainClaim({ claim, check, release }: Props) {
  const [tone, word] = words[claim.state]
  const proved = claim.verifiedAt !== null
  const record = <TxtRecord record={claim.record} shown={claim.shown} />
  return (
    <li className="grid gap-3 px-4 py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{claim.shown}</span> <Badge tone={tone}>{word}</Badge>
          </p>
          <p className="mt-0.5 text-muted">
            <Told claim={claim} />
          </p>
        </div>
        <Release claim={claim} action={release} />
      </div>
      {claim.state === 'expired' ? null : proved && claim.state === 'verified' ? (
        <details>
          <summary className="w-fit text-sm text-muted hover:text-text">Show its record</summary>
          <div className="mt-3">{record}</div>
        </details>
      ) : (
        record
      )}
      {claim.state === 'expired' ? null : (
        <CheckDomain domain={claim.domain} shown={claim.shown} look={proved ? 'plain' : 'primary'} action={check} />
      )}
    </li>
  )
}

function Told({ claim: { state, verifiedAt, checkedAt, expiresAt } }: { claim: ClaimView }) {
  const looked = checkedAt ? (
    <>
      Looked up <Time at={checkedAt} />.
    </>
  ) : null
  if (state === 'expired') return 'Nobody put the record up within seven days. Claim it again to get a new one.'
  if (state === 'taken')
    return <>The record is right, but another organization here has to release it first. {looked}</>
  if (state === 'gone') {
    return <>The record is not there any more. The domain stays yours; put the record back, or release it. {looked}</>
  }
  if (verifiedAt) {
    return (
      <>
        Yours since <Moment at={verifiedAt} />. {looked}
      </>
    )
  }
  return (
    <>
      Put this record into your DNS by <Moment at={expiresAt} />. Nobody is held up by a claim. {looked}
    </>
  )
}

function TxtRecord({ record: { name, value }, shown }: { record: ClaimView['record']; shown: string }) {
  const rows = [
    ['Type', 'TXT', null],
    ['Name', name, `Copy the name of the record of ${shown}`],
    ['Value', value, `Copy the value of the record of ${shown}`],
  ] as const
  return (
    <dl className="grid gap-1.5 rounded-md bg-raised px-3 py-2">
      {rows.map(([label, text, copy]) => (
        <div key={label} className="grid grid-cols-[3rem_minmax(0,1fr)_auto] items-center gap-x-3">
          <dt className="text-xs text-muted">{label}</dt>
          <dd className="min-h-6 py-1 font-mono text-xs break-all select-all">{text}</dd>
          <dd>{copy ? <CopyButton text={text} label={copy} /> : null}</dd>
        </div>
      ))}
    </dl>
  )
}

function Release({ claim: { domain, shown, use, verifiedAt }, action }: { claim: ClaimView; action: Action }) {
  if (!verifiedAt || !use) {
    return (
      <Confirm
        trigger="Drop claim"
        triggerLabel={`Drop the claim to ${shown}`}
        look="quiet"
        title={`Drop the claim to ${shown}?`}
        verb="Drop claim"
        values={{ domain }}
        action={action}
      >
        <p>Its record proves nothing any more. Nobody’s access changes.</p>
      </Confirm>
    )
  }
  return (
    <Confirm
      trigger="Release"
      triggerLabel={`Release ${shown}`}
      title={`Release ${shown}?`}
      verb="Release domain"
      danger
      values={{ domain }}
      action={action}
    >
      <ul className="grid list-disc gap-1 pl-5">
        <li>
          {counted(use.people, 'person has', 'people have')} an address there. At “Sign in” it leads them here no more;
          this company’s own sign-in address still does.
        </li>
        <li>
          {use.linkedByAddress === 0
            ? 'Okta’s id finds all of them, so they can sign in as before.'
            : `${counted(use.linkedByAddress, 'person', 'people')} would not be recognized at first sign-in: only the address says who they are.`}
        </li>
        <li>Another organization can prove that the domain is its own. Nobody is deactivated and no session ends.</li>
      </ul>
    </Confirm>
  )
}

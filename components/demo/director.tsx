import clsx from 'clsx'
import { Banner } from '@/components/ui/banner'
import { ButtonLink } from '@/components/ui/button'
import { checksOf } from '@/lib/demo/checks'
import type { Facts } from '@/lib/demo/facts'
import { holds, STORY, stepAt } from '@/lib/demo/story'
import { Checks } from './checks'
import { CompanyColumn } from './company-column'
import { Decisions } from './decisions'
import { DirectorKeys } from './director-keys'
import { DirectorLive } from './director-live'
import { DoButton } from './do-button'
import { Rail } from './rail'
import { StepPanel } from './step-panel'

type Action = (form: FormData) => Promise<void>

type Props = {
  /** The step shown, from 1. */
  n: number
  now: Facts
  /** The facts the step is judged by: now, or when it had come out right. Null: it is over and nobody kept them. */
  then: Facts | null
  big: boolean
  canReplay: boolean
  problem?: string | null
  resetMs?: number | null
  canRecord?: boolean
  /** Missing in a recording, where nothing can be done. */
  actions?: { advance: Action; startOver: Action }
  recordedAt?: string
}

/** The walkthrough: the step on the left, the two companies beside it, all of it from facts. */
export function Director(props: Props) {
  const { n, now, then, big, actions, recordedAt } = props
  const step = stepAt(n)
  if (!step) return null
  const href = addresses(recordedAt !== undefined, big)
  const settled = then !== null && holds(n, then)
  return (
    <div className={clsx('@container', big && 'big-type')}>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h1>{recordedAt ? 'The walkthrough, recorded' : 'The walkthrough'}</h1>
        <Controls {...props} href={href} />
      </div>
      <Notices {...props} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 @3xl:grid-cols-2 @5xl:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_minmax(0,4fr)]">
        <div className="grid content-start gap-3 @3xl:col-span-2 @5xl:col-span-1">
          <Rail n={n} href={href} />
          <StepPanel n={n} step={step} facts={then ?? now} live={actions !== undefined} />
          <Checks checks={then ? checksOf(n, then) : null} past={then !== now || recordedAt !== undefined} />
          {n === STORY.length ? <Decisions facts={then ?? now} /> : null}
        </div>
        <CompanyColumn company={now.porter} />
        <CompanyColumn company={now.whiteRabbit} />
      </div>
      <DirectorKeys />
      {actions ? <DirectorLive waiting={!settled || now.okta === null} /> : null}
    </div>
  )
}

const addresses = (replay: boolean, big: boolean) => {
  return (step: number, more: { big?: boolean } = {}) =>
    `/demo?${replay ? 'recording=1&' : ''}step=${step}${(more.big ?? big) ? '&big=1' : ''}`
}

type Href = ReturnType<typeof addresses>

function Controls({ n, big, actions, canRecord, canReplay, recordedAt, now, href }: Props & { href: Href }) {
  const step = stepAt(n)
  const next = stepAt(n + 1)
  const due = step?.act && !step.happened(now)
  return (
    <div className="flex flex-wrap items-center gap-2">
      {n > 1 ? (
        <ButtonLink href={href(n - 1)}>
          <span data-key="back">Back</span>
        </ButtonLink>
      ) : null}
      {actions && (due || next) ? (
        <form action={actions.advance}>
          <input type="hidden" name="step" value={n} />
          {big ? <input type="hidden" name="big" value="1" /> : null}
          <DoButton primary mark="next">
            {due ? step.act?.button : `Next: ${next?.title}`}
          </DoButton>
        </form>
      ) : null}
      {!actions && next ? (
        <ButtonLink href={href(n + 1)} look="primary">
          <span data-key="next">Next: {next.title}</span>
        </ButtonLink>
      ) : null}
      {actions ? (
        <form action={actions.startOver}>
          {big ? <input type="hidden" name="big" value="1" /> : null}
          <DoButton>Start over</DoButton>
        </form>
      ) : null}
      <ButtonLink href={href(n, { big: !big })} look="quiet">
        <span data-key="big">{big ? 'Normal type' : 'Big type'}</span>
      </ButtonLink>
      {canRecord ? (
        <a href="/demo/recording" download className="font-medium text-accent underline underline-offset-2">
          Save this run
        </a>
      ) : null}
      {recordedAt ? (
        <ButtonLink href="/demo" look="quiet">
          Back to the live one
        </ButtonLink>
      ) : canReplay ? (
        <ButtonLink href="/demo?recording=1&step=1" look="quiet">
          Play a recording
        </ButtonLink>
      ) : null}
    </div>
  )
}

function Notices({ n, now, problem, resetMs, recordedAt }: Props) {
  return (
    <div role="status" className="grid gap-2 empty:hidden [&:not(:empty)]:mb-3">
      {recordedAt ? (
        <Banner tone="info" title={`A recording of a real run, ${recordedAt.slice(0, 16).replace('T', ' ')} UTC`}>
          Nothing on this page is live, and the Okta stand-in is not asked.
        </Banner>
      ) : null}
      {now.okta ? null : (
        <Banner tone="warn" title="The Okta stand-in does not answer">
          What Rollcall knows is still shown. This page looks again every few seconds; when the stand-in is back, go on
          where you are.
        </Banner>
      )}
      {problem ? <Banner tone="warn" title={problem} /> : null}
      {n === 1 && resetMs !== null && resetMs !== undefined ? (
        <Banner tone="info" title={`Started over in ${(resetMs / 1000).toFixed(1)} s`} />
      ) : null}
    </div>
  )
}

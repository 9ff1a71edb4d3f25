import type { Metadata } from 'next'
import { Director } from '@/components/demo/director'
import { requireDemo } from '@/lib/demo/door'
import { gatherFacts } from '@/lib/demo/gather'
import { recordedRun, recordRun } from '@/lib/demo/recording'
import { currentRun, notePassed } from '@/lib/demo/run'
import { holds, reached, STORY, stepAt } from '@/lib/demo/story'
import { advance, startOver } from './actions.demo'

export const metadata: Metadata = { title: 'The walkthrough' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function WalkthroughPage({ searchParams }: Props) {
  await requireDemo()
  const { step, big, recording } = await searchParams
  const shared = { big: big === '1', canReplay: recordedRun() !== null }
  const replay = recording === '1' ? recordedRun() : null
  if (replay) {
    const n = numberOf(step) ?? 1
    const facts = replay.steps[n - 1]
    if (facts) return <Director {...shared} n={n} now={facts} then={facts} recordedAt={replay.recordedAt} />
  }
  const now = await gatherFacts()
  const far = reached(now)
  const n = numberOf(step) ?? far
  const { passed, problem, resetMs } = currentRun()
  // What was told before is shown as it was then: the story has moved on.
  const kept = n < far ? passed.get(n) : undefined
  if (!kept && holds(n, now)) notePassed(n, now)
  return (
    <Director
      {...shared}
      n={n}
      now={now}
      then={kept ?? (n < far && !holds(n, now) ? null : now)}
      problem={problem?.step === n ? problem.text : null}
      resetMs={resetMs}
      canRecord={recordRun() !== null}
      actions={{ advance, startOver }}
    />
  )
}

const numberOf = (step: string | string[] | undefined): number | null => {
  const n = Number(step)
  return stepAt(n) && n <= STORY.length ? n : null
}

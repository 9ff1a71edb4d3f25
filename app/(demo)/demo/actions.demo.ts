'use server'

import { redirect } from 'next/navigation'
import { doAct, resetStory } from '@/lib/demo/acts'
import { requireDemoAction } from '@/lib/demo/door'
import { DemoError } from '@/lib/demo/errors'
import { gatherFacts } from '@/lib/demo/gather'
import { noteProblem } from '@/lib/demo/run'
import { STORY, stepAt } from '@/lib/demo/story'

/** Next: what this step still lacks is done first; else the next step is entered, and what belongs to it done. */
export async function advance(form: FormData): Promise<void> {
  await requireDemoAction({ form })
  const here = stepOf(form)
  const facts = await gatherFacts()
  const step = stepAt(here)
  noteProblem(null)
  if (step && !step.happened(facts)) {
    if (step.act) await tryAct(here)
    else noteProblem({ step: here, text: 'John has not signed in yet. Open his tab, sign in as him, then go on.' })
    redirect(addressOf(form, here))
  }
  const next = Math.min(here + 1, STORY.length)
  if (!stepAt(next)?.happened(facts)) await tryAct(next)
  redirect(addressOf(form, next))
}

/** Both companies as they were before the story. */
export async function startOver(form: FormData): Promise<void> {
  await requireDemoAction({ form })
  noteProblem(null)
  await tell(1, resetStory)
  redirect(addressOf(form, 1))
}

const stepOf = (form: FormData): number => {
  const n = Number(form.get('step'))
  return stepAt(n) ? n : 1
}

const addressOf = (form: FormData, step: number) => `/demo?step=${step}${form.get('big') ? '&big=1' : ''}`

async function tryAct(n: number): Promise<void> {
  const act = stepAt(n)?.act
  if (act) await tell(n, () => doAct(act.does))
}

/** What the stand-in could not do is said on the page of the step. */
async function tell(step: number, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof DemoError)) throw error
    noteProblem({ step, text: error.message })
  }
}

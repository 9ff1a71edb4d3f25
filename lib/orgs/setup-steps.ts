import type { SetupFacts } from './setup-facts'

export const SETUP_STEPS = ['idp', 'sign-in', 'provisioning', 'listen', 'done'] as const
export type SetupStepName = (typeof SETUP_STEPS)[number]

type Known = Pick<SetupFacts, 'chosen' | 'signInWorks' | 'token' | 'scimState' | 'seen' | 'finished'>

/** Which steps are done, from what is stored and recorded, never from having been looked at. */
export function stepsDone({ chosen, signInWorks, token, scimState, seen, finished }: Known): SetupStepName[] {
  const live = token?.state === 'live' || token?.state === 'ending'
  const done: Record<SetupStepName, boolean> = {
    idp: chosen,
    'sign-in': signInWorks,
    provisioning: live && scimState !== 'off',
    listen: Boolean(seen.test && seen.lookup && seen.person && seen.group && seen.role),
    done: finished,
  }
  return SETUP_STEPS.filter((step) => done[step])
}

/** The step an address names, else the first that is not done. */
export const stepOf = (wanted: unknown, done: readonly SetupStepName[]): SetupStepName =>
  SETUP_STEPS.find((step) => step === wanted) ?? SETUP_STEPS.find((step) => !done.includes(step)) ?? 'done'

import 'server-only'
import { listEvents } from '@/lib/events/query'
import { once } from '@/lib/process'
import { type Facts, JOHN } from './facts'

/** What this process remembers of the story being told. The steps themselves are read from facts, not from here. */
type Run = {
  /** When the last reset was done here. */
  began: Date
  /** How long it took. */
  resetMs: number | null
  /** The facts of each step when it had first come out right, by its number: looking back, and the recording. */
  passed: Map<number, Facts>
  /** What went wrong with the last thing that was tried. */
  problem: { step: number; text: string } | null
}

const run = (): Run =>
  once('demo.run', () => ({ began: new Date(0), resetMs: null, passed: new Map<number, Facts>(), problem: null }))

export const currentRun = (): Readonly<Run> => run()

/** A story begins anew. */
export function beginRun(resetMs: number): void {
  Object.assign(run(), { began: new Date(), resetMs, problem: null })
  run().passed.clear()
}

export function notePassed(step: number, facts: Facts): void {
  const { passed } = run()
  if (!passed.has(step)) passed.set(step, facts)
}

export function noteProblem(problem: Run['problem']): void {
  run().problem = problem
}

/**
 * Where this story begins: at the last reset, or, after a restart, where John was last taken away. Earlier events are no
 * part of it.
 */
export async function storySince(orgId: string): Promise<Date> {
  const page = await listEvents(orgId, { types: ['user.deleted'], limit: 50 })
  const end = page.events.find(({ targetName }) => targetName === `${JOHN.firstName} ${JOHN.lastName}`)
  const { began } = run()
  return new Date(Math.max(began.getTime(), end ? Date.parse(end.at) + 1 : 0))
}

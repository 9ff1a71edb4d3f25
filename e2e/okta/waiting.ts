import { AnswerLost, Cancelled } from './errors'
import type { Action, Group, Person } from './model'
import type { Org, Store } from './store'

/** What a request is sent for. Without a person or group nothing waits: an admin looks at the answer. */
export type Purpose = {
  action: Action
  person?: Person
  group?: Group
  /** Told each wait in ms before it begins. */
  onWait?: (ms: number) => void
}

// Okta's rule on 429: what Retry-After says, else five minutes and twice as long each time, ten tries in all.
export const MAX_TRIES = 10
const FIRST_WAIT_MS = 5 * 60_000
/** Longer than this nobody who pressed a button is kept waiting: the job goes on without them. */
const PATIENCE_MS = 10_000

type Wait = { tries: number; ms: number; reason: string }

/** Until the next try: the app's own seconds in real time, Okta's own choice shortened by the company's time scale. */
export const waitMs = ({ state }: Org, tries: number, retryAfterSeconds: number | null): number =>
  retryAfterSeconds === null ? (FIRST_WAIT_MS * 2 ** (tries - 1)) / state.settings.timeScale : retryAfterSeconds * 1000

/** Sleeps with the wait visible on the person or group. Throws Cancelled when the job is not to go on. */
export async function waitForTurn(
  store: Store,
  org: Org,
  purpose: Purpose,
  { tries, ms, reason }: Wait,
): Promise<void> {
  const subject = purpose.person ?? purpose.group
  if (!subject) return
  const until = new Date(Date.now() + ms).toISOString()
  subject.waiting = { action: purpose.action, until, tries, reason }
  store.save()
  purpose.onWait?.(ms)
  const { signal } = org.live.stop
  const { sleepers } = org.live
  const how = await new Promise<'now' | 'superseded' | 'stopped'>((resolve) => {
    const stopped = () => resolve('stopped')
    const timer = setTimeout(resolve, ms, 'now')
    timer.unref()
    signal.addEventListener('abort', stopped, { once: true })
    sleepers.set(subject.id, (woken) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stopped)
      resolve(woken)
    })
    if (signal.aborted) stopped()
  })
  sleepers.delete(subject.id)
  // Stopped with the process: the wait stays in the state file, for the next start to go on.
  if (how === 'stopped') throw new Cancelled('The company was reset, or the stand-in stopped.')
  subject.waiting = undefined
  store.save()
  if (how === 'superseded') throw new Cancelled('A newer change took this one’s place.')
}

/** Does the work again, after Okta's waits, as long as its answers get lost; ten times at most. */
export async function withRetries(
  store: Store,
  org: Org,
  purpose: Purpose,
  work: () => Promise<unknown>,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await work()
      return
    } catch (error) {
      if (!(error instanceof AnswerLost) || tries >= MAX_TRIES) throw error
      await waitForTurn(store, org, purpose, { tries, ms: waitMs(org, tries, null), reason: error.message })
    }
  }
}

/** The job's result, or `early` of it once its waits grow longer than a person waits for a page. */
export function answerInTime<T>(purpose: Purpose, job: () => Promise<T>, early: () => T): Promise<T> {
  let waited = 0
  const tooLong = new Promise<T>((resolve) => {
    purpose.onWait = (ms) => {
      waited += ms
      if (waited > PATIENCE_MS) resolve(early())
    }
  })
  return Promise.race([job(), tooLong])
}

/** Ends the wait of an earlier job about this person or group: the one to come knows the newer state. */
export const supersede = ({ live }: Org, id: string): void => live.sleepers.get(id)?.('superseded')

/** "Retry now" on a waiting job; false when it does not wait. */
export function wake({ live }: Org, id: string): boolean {
  const sleeper = live.sleepers.get(id)
  sleeper?.('now')
  return sleeper !== undefined
}

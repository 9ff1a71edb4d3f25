import 'server-only'
import { isConflict, uniqueViolation } from '@/db/errors'
import { once } from '@/lib/process'
import { ScimError } from '@/lib/scim/errors'

const ATTEMPTS = 10
/** Between two attempts of a crowd, times their number: those who need no turn get done meanwhile. */
const PAUSE_MS = 5

/**
 * Runs read-decide-write until it has written (null = somebody was faster; `again`: what the caller brought may be old).
 * After the first miss the callers of one process take turns per `key`, so that a crowd on one row does not use up
 * everybody's attempts. Throws 503 when the attempts are used up all the same.
 */
export async function untilWritten<T>(key: string, attempt: (again: boolean) => Promise<T | null>): Promise<T> {
  const first = await tryOnce(() => attempt(false), false)
  if (first !== null) return first
  return inTurn(key, async () => {
    for (let i = 2; i <= ATTEMPTS; i++) {
      if (i > 2) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * i))
      const done = await tryOnce(() => attempt(true), i === ATTEMPTS)
      if (done !== null) return done
    }
    throw new ScimError(
      503,
      undefined,
      'Many changes to the same resource arrive at once. Nothing was written; try again.',
    )
  })
}

async function tryOnce<T>(attempt: () => Promise<T | null>, last: boolean): Promise<T | null> {
  try {
    return await attempt()
  } catch (error) {
    // A name taken between our read and our write is refused by name at the next read.
    if (last || !(uniqueViolation(error) || isConflict(error))) throw error
    return null
  }
}

const queues = () => once('directory.turns', () => new Map<string, Promise<unknown>>())

async function inTurn<T>(key: string, run: () => Promise<T>): Promise<T> {
  const waiting = queues()
  const turn = (waiting.get(key) ?? Promise.resolve()).then(run, run)
  const settled = turn.catch(() => undefined)
  waiting.set(key, settled)
  try {
    return await turn
  } finally {
    if (waiting.get(key) === settled) waiting.delete(key)
  }
}

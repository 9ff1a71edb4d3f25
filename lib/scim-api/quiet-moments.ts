import { once } from '@/lib/process'

/** Lets what can wait, wait for a moment in which nothing else is worked on. */
export function makeQuietMoments() {
  let working = 0
  const waiting = new Set<() => void>()

  const settle = () => {
    if (working === 0) for (const go of waiting) go()
  }
  return {
    /** Runs what others give way to. */
    async during<T>(work: () => Promise<T>): Promise<T> {
      working++
      try {
        return await work()
      } finally {
        working--
        // Not before its answer is on its way.
        if (working === 0 && waiting.size > 0) setImmediate(settle)
      }
    },
    /** Ends in the next quiet moment, be it now, after `ms` at the latest. */
    next: (ms: number) =>
      new Promise<void>((resolve) => {
        if (working === 0) return resolve()
        const go = () => {
          clearTimeout(timer)
          waiting.delete(go)
          resolve()
        }
        const timer = setTimeout(go, ms)
        waiting.add(go)
      }),
  }
}

/** Those of the process: all of its SCIM requests count. */
export const quietMoments = () => once('scim.quiet-moments', makeQuietMoments)

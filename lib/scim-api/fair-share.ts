import { once } from '@/lib/process'

/** Others count as there for so long after their last request. */
const THERE_MS = 1000
/** Requests worked on at once, all companies together, while several are there; with more of them than this, one each. */
const SLOTS = 8
/** Who has waited so long goes on: an upload that never ends must not stop the rest of its company. */
const PATIENCE_MS = 10_000

type Line = { working: number; waiting: (() => void)[]; last: number }

/**
 * Companies that are there together share the process: each has as many requests worked on at once as the others, and
 * the rest of its own wait in line. So a company that imports, or spends a minute's allowance in three seconds, takes its
 * own time and not that of others. Who is there alone has no such limit. `now` in milliseconds.
 */
export function makeFairShare(now: () => number = () => performance.now()) {
  // In the order of their last requests.
  const lines = new Map<string, Line>()

  const share = (): number => {
    let there = 0
    const since = now() - THERE_MS
    for (const [key, line] of lines) {
      if (line.working === 0 && line.last < since) lines.delete(key)
      else if (++there === SLOTS) return 1
    }
    return there <= 1 ? Number.POSITIVE_INFINITY : Math.floor(SLOTS / there)
  }
  const touch = (key: string): Line => {
    const line = lines.get(key) ?? { working: 0, waiting: [], last: 0 }
    line.last = now()
    lines.delete(key)
    lines.set(key, line)
    return line
  }

  /** Works on a request of `key` when it is its turn. `waited`: it was not at once. */
  return async function inTurn<T>(key: string, work: (waited: boolean) => Promise<T>): Promise<T> {
    const line = touch(key)
    const waits = line.waiting.length > 0 || line.working >= share()
    if (waits) await turnIn(line)
    else line.working++
    try {
      return await work(waits)
    } finally {
      line.working--
      touch(key)
      for (let free = share() - line.working; free > 0; free--) {
        const next = line.waiting.shift()
        if (!next) break
        line.working++
        next()
      }
    }
  }
}

/** Ends with a place among those that are worked on. */
const turnIn = (line: Line) =>
  new Promise<void>((resolve) => {
    const go = () => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(() => {
      line.waiting.splice(line.waiting.indexOf(go), 1)
      line.working++
      resolve()
    }, PATIENCE_MS)
    line.waiting.push(go)
  })

/** One for the process: all of its SCIM requests go through it. */
export const fairShare = () => once('scim.fair-share', () => makeFairShare())

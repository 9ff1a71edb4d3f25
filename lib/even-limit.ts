import { TokenBucket } from 'limiter'

const MOST_KEYS = 10_000
const SECOND = 1000

/**
 * What came of a try. `wait`: in how many seconds it is worth trying again, 0 for go on. `crowded`: within this second
 * others were refused.
 */
export type Try = { wait: number; crowded: boolean }
type Line = { bucket: TokenBucket; since: number; refused: number }

export type EvenLimit = {
  /** Takes one, when there is one. */
  take: (key: string) => Try
  /** Refuses when there is none, and leaves it where there is one. */
  refuse: (key: string) => Try
}

/**
 * A token bucket for each key: `burst` at once, and what was used comes back evenly, `perSecond`. So who sends without a
 * pause is let through at even distances, not with all of a second in its first moment.
 *
 * Of many that are refused within one second each is sent to a later moment than the one before it, as if all came back
 * when told: who honours that passes then, and not after ten tries beside the same crowd. A refused try costs nothing.
 */
export function makeEvenLimit(perSecond: number, burst: number): EvenLimit {
  const lines = new Map<string, Line>()

  const open = (key: string): Line => {
    const [oldest] = lines.keys()
    if (oldest !== undefined && lines.size >= MOST_KEYS) lines.delete(oldest)
    const bucket = new TokenBucket({ bucketSize: burst, tokensPerInterval: perSecond, interval: SECOND })
    bucket.content = burst
    const line = { bucket, since: 0, refused: 0 }
    lines.set(key, line)
    return line
  }

  const look = (line: Line): Try => {
    const now = performance.now()
    if (now - line.since >= SECOND) Object.assign(line, { since: now, refused: 0 })
    const crowded = line.refused > 0
    const next = line.bucket.getWaitTime(1) / SECOND
    return { wait: next > 0 ? next + line.refused++ / perSecond : 0, crowded }
  }
  return {
    take: (key) => {
      const line = lines.get(key) ?? open(key)
      const came = look(line)
      if (came.wait === 0) line.bucket.tryRemoveTokens(1)
      return came
    },
    refuse: (key) => look(lines.get(key) ?? open(key)),
  }
}

type Line = { held: number; waiting: (() => void)[] }

/** An org leaves so many connections to the others, or half of them where there are few. */
const OTHERS = 2

/**
 * Shares `connections` among orgs, so that one whose statements all wait, for a lock or for slow answers, never holds
 * them all: the others find some free, and what becomes free goes to who holds least. It also keeps the driver from
 * sending one org's statement down a connection on which another's is still under way, where it would wait for that.
 */
export function makeBulkhead(connections: number) {
  // One stays free for what belongs to no org: slugs, notifications.
  const total = connections > OTHERS ? connections - 1 : connections
  const most = Math.max(Math.ceil(total / 2), total - OTHERS)
  const lines = new Map<string, Line>()
  let held = 0

  const next = (): Line | undefined => {
    let least: Line | undefined
    for (const line of lines.values()) {
      if (line.waiting.length > 0 && line.held < Math.min(most, least?.held ?? most)) least = line
    }
    return least
  }
  const take = (line: Line) => {
    line.held++
    held++
  }
  const giveOn = () => {
    while (held < total) {
      const line = next()
      if (!line) return
      take(line)
      line.waiting.shift()?.()
    }
  }

  /** Runs `work`, which uses one connection, when `key` may have one. */
  return async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const line = lines.get(key) ?? { held: 0, waiting: [] }
    lines.set(key, line)
    if (held < total && line.held < most) take(line)
    else await new Promise<void>((resolve) => line.waiting.push(resolve))
    try {
      return await work()
    } finally {
      line.held--
      held--
      // To the end, so that of those who hold as much the others come first.
      lines.delete(key)
      if (line.held > 0 || line.waiting.length > 0) lines.set(key, line)
      giveOn()
    }
  }
}

import { type Context, numberRow, type Part } from './context'
import { rest } from './rest'
import type { Row } from './table'

/** A part that takes longer in a usual run has stopped getting on; those that run when named take minutes. */
const PART_MS = 75_000

/** Runs one part after the other; one that fails, or does not end, says so, and the others go on. `end`: on Date's clock. */
export async function runParts(chosen: Part[], context: Context, end: number): Promise<Row[]> {
  const { say, options, stack } = context
  const usual = !options.full && !options.large && !options.soak && options.seconds <= 1
  const rows: Row[] = []
  for (const part of chosen) {
    await rest(stack)
    const began = Date.now()
    const left = Math.min(end - began, usual && part.when !== 'named' ? PART_MS : Number.POSITIVE_INFINITY)
    try {
      rows.push(...(await within(left, () => part.run(context))))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      say(`  ${part.name}: ${why}`)
      rows.push(numberRow(part.name, `${part.name}: ${why.slice(0, 80)}`, 'FAILED', { holds: false }))
      if (error instanceof TooLate) await stack.abandonClient()
    }
    say(`  ${part.name.padEnd(20)}${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s`)
  }
  return rows
}

class TooLate extends Error {}

/** Rejects when it takes longer; what it started ends with the client it asks. */
async function within<T>(ms: number, run: () => Promise<T>): Promise<T> {
  if (ms <= 0) throw new Error('did not run, the time was up (--minutes)')
  if (!Number.isFinite(ms)) return run()
  const running = run()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(`did not end within ${Math.round(ms / 1000)} s`)), ms)
  })
  // Its own failure, after the client is gone, is nobody's any more.
  running.catch(() => undefined)
  return Promise.race([running, late]).finally(() => clearTimeout(timer))
}

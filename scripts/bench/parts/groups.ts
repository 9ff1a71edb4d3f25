import { type Context, companyOf, type Part, timeRow } from '../context'
import type { Job } from '../load'
import type { Row } from '../table'
import { inTurns, ratioOf, sender } from '../turns'

/** One more member in groups of 0, 10,000 and 50,000, in turns with one another; and 10,000 members in one PUT. */
export const groupParts: Part[] = [
  { name: 'groupAdd', run: groupAdd },
  { name: 'groupPush', run: groupPush },
]

const SIZES = [0, 10_000, 50_000]

async function groupAdd(context: Context): Promise<Row[]> {
  const { stack, options } = context
  const company = companyOf(context, 100_000)
  const candidates = SIZES.map((size) =>
    sender(stack, String(size), stack.app().pid, {
      kind: 'groupAdd',
      origin: stack.appUrl,
      token: company.token,
      // One at a time: what one change takes, not how they queue.
      connections: 1,
      facts: { base: company.base, tag: '', ids: company.ids.slice(5000, 6000), groups: [company.groups[size] ?? ''] },
    } satisfies Omit<Job, 'from' | 'seconds'>),
  )
  const measured = await inTurns(stack, candidates, options.rounds, options.seconds)
  const [empty, ...others] = measured
  return measured.map((each, i) => {
    const size = SIZES[i] ?? 0
    const what = `add or remove one of a group of ${size.toLocaleString('en-US')}`
    if (!empty || each === empty) return timeRow('groupAdd', what, each)
    const target = others.indexOf(each) === 0 ? 'p50 ≤ 3 ms' : 'p50 ≤ 3 ms, flat'
    return timeRow('groupAdd', what, each, { target, holds: each.p50.median <= 3, ratio: ratioOf(each, empty) })
  })
}

async function groupPush(context: Context): Promise<Row[]> {
  const { stack, options } = context
  const company = companyOf(context, 100_000)
  const push = sender(stack, 'push', stack.app().pid, {
    kind: 'push',
    origin: stack.appUrl,
    token: company.token,
    connections: 1,
    facts: { base: company.base, tag: '', ids: company.ids.slice(0, 10_000), groups: [company.groups[-1] ?? ''] },
  })
  const [measured] = await inTurns(stack, [push], Math.min(options.rounds, 5), Math.max(options.seconds, 1))
  return measured ? [timeRow('groupPush', 'PUT a group of 10,000 members, then of none', measured)] : []
}

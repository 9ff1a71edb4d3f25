import { type Context, companyOf, numberRow, type Part } from '../context'
import { memoryOf } from '../cpu'
import { spread } from '../stats'
import { ms, type Row, short } from '../table'
import { refuseFailures } from '../turns'

/** The process itself: how soon it answers, and what it holds after a long day. */
export const processParts: Part[] = [
  { name: 'memory', run: memory },
  { name: 'coldStart', run: coldStart },
]

async function coldStart({ stack, options }: Context): Promise<Row[]> {
  const taken: number[] = []
  for (let i = 0; i < Math.min(options.rounds, 5); i++) {
    await stack.stopApp()
    taken.push(await stack.startApp())
  }
  const { median, min, max } = spread(taken)
  const range = `${short(min)} - ${short(max)}`
  const target = { target: '≤ 1 s', holds: median <= 1000 }
  return [numberRow('coldStart', 'cold start to the first answer', ms(median), { range, ...target })]
}

async function memory(context: Context): Promise<Row[]> {
  const { stack, options } = context
  const company = companyOf(context, 10_000)
  const most = options.full ? 100_000 : 10_000
  let from = 0
  const send = async (requests: number) => {
    const facts = { base: company.base, tag: `memory.${context.tag}`, groups: [company.groups[0] ?? ''] }
    const { token } = company
    const { connections } = options
    const job = { kind: 'mix', origin: stack.appUrl, token, connections, facts, from, most: requests } as const
    const outcome = await stack.client.run(job)
    refuseFailures('memory', outcome)
    from = outcome.next
    return memoryOf(stack.app().pid)
  }
  const warm = await send(most / 5)
  const end = await send((most * 4) / 5)
  const value = end === null ? '–' : `${short(end)} MiB`
  const range = warm === null ? '' : `${short(warm)} MiB after ${(most / 5).toLocaleString('en-US')}`
  return [numberRow('memory', `memory after ${most.toLocaleString('en-US')} requests`, value, { range })]
}

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

/** SCIM answers while Next still loads; pages and /api/health wait for it. */
async function coldStart(context: Context): Promise<Row[]> {
  const { stack, options } = context
  const { base, token } = companyOf(context, 1_000)
  const [answered, whole]: [number[], number[]] = [[], []]
  for (let i = 0; i < Math.min(options.rounds, 5); i++) {
    await stack.stopApp()
    const began = performance.now()
    const first = firstAnswer(`${stack.appUrl}${base}/Users?count=1`, token)
    const [ready] = await Promise.all([stack.startApp(), first.then((at) => answered.push(at - began))])
    whole.push(ready)
  }
  const row = (name: string, taken: number[], target: { target?: string; holds?: boolean }) => {
    const { median, min, max } = spread(taken)
    return numberRow('coldStart', name, ms(median), { range: `${short(min)} - ${short(max)}`, ...target })
  }
  const holds = spread(answered).median <= 1000
  return [
    row('cold start to the first answer, of SCIM', answered, { target: '≤ 1 s', holds }),
    row('cold start to the first page', whole, {}),
  ]
}

/** When that was. */
async function firstAnswer(url: string, token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` }
  for (const end = performance.now() + 60_000; performance.now() < end; ) {
    const response = await fetch(url, { headers }).catch(() => null)
    await response?.arrayBuffer()
    if (response?.status === 200) return performance.now()
    if (response) throw new Error(`The first answer of SCIM is ${response.status}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('SCIM does not answer')
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

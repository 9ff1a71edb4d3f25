import { signInMany } from '../companies'
import { type Context, companyOf, numberRow, type Part } from '../context'
import { percentile } from '../stats'
import type { ToldAt, WrittenAt } from '../streams'
import { ms, type Row, short } from '../table'

/** How soon open tabs are told of what SCIM wrote. */
export const streamParts: Part[] = [{ name: 'streams', run: streams }]

const STREAMS = [1, 100, 1000]
/** Between two writes: longer than telling a thousand takes, so that they do not queue. */
const PAUSE_MS = 250
/** Who was not told by then is counted as never told. */
const UNTOLD_MS = 5000

/**
 * From the moment the writer has its 2xx to the moment each stream has the event. Writer and streams are processes of
 * their own, on one clock: neither waits until the other has been read.
 */
async function streams(context: Context): Promise<Row[]> {
  const { stack, options } = context
  const company = companyOf(context, 10_000)
  const cookies = await signInMany(stack, company, 20)
  const rows: Row[] = []
  for (const n of STREAMS) {
    const watcher = await stack.startClient()
    try {
      await watcher.open({
        origin: stack.appUrl,
        path: `/api/orgs/${company.slug}/events/stream`,
        cookies: Array.from({ length: n }, (_, i) => cookies[i % cookies.length] ?? ''),
      })
      // What the last seconds held has been sent by then.
      await new Promise((resolve) => setTimeout(resolve, 1500))
      const written = await stack.client.write({
        origin: stack.appUrl,
        base: company.base,
        token: company.token,
        tag: `told.${n}.${context.tag}`,
        writes: options.full ? 100 : 20,
        pause: PAUSE_MS,
      })
      rows.push(rowOf(n, written, await watcher.told({ ids: written.map(({ id }) => id), most: UNTOLD_MS })))
    } finally {
      watcher.end()
    }
  }
  return rows
}

function rowOf(n: number, written: WrittenAt, told: ToldAt): Row {
  const answered = new Map(written.map(({ id, at }) => [id, at]))
  const lags = told.flatMap(({ id, at }) => at.map((each) => (each === null ? null : each - (answered.get(id) ?? 0))))
  const known = lags.filter((lag) => lag !== null).sort((a, b) => a - b)
  const early = known.filter((lag) => lag < 0).length
  const untold = lags.length - known.length
  const notes = [
    `p50 ${short(percentile(known, 0.5))}, max ${short(percentile(known, 1))}`,
    ...(early > 0 ? [`${Math.round((100 * early) / known.length)} % before the answer`] : []),
    ...(untold > 0 ? [`${untold} UNTOLD`] : []),
  ]
  const p95 = percentile(known, 0.95)
  const target = n === 100 ? { target: 'p95 ≤ 250 ms', holds: p95 <= 250 && untold === 0 && known.length > 0 } : {}
  const what = `SCIM answer → told, ${n.toLocaleString('en-US')} stream${n === 1 ? '' : 's'}`
  return numberRow('streams', what, `p95 ${ms(p95)}`, { range: notes.join(', '), ...target })
}

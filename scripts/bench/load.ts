import { Connection } from './connection'
import { type Facts, type KindName, kinds } from './requests'
import { percentile } from './stats'

export type Job = {
  kind: KindName
  origin: string
  token?: string | undefined
  cookie?: string | undefined
  facts: Facts
  /** The companies whose turn it is, one after the other; each has facts and a token of its own. */
  tenants?: { token: string; facts: Partial<Facts> }[]
  connections: number
  /** Ends after so long, or after so many. */
  seconds?: number
  most?: number
  /** Where the numbering of requests begins, so that a later round goes on. */
  from: number
  /** At most so many a second, evenly spaced. */
  perSecond?: number
  /** Milliseconds before the first of these, so that several jobs do not send in one breath. */
  after?: number
}

export type Outcome = {
  requests: number
  seconds: number
  perSecond: number
  /** Milliseconds. */
  p50: number
  p95: number
  p99: number
  max: number
  statuses: Record<string, number>
  /** 2xx answers to writes, and how many could not be sent or answered. */
  written: number
  broken: number
  /** Where to go on. */
  next: number
  sample: string
}

/** Sends one kind of request over keep-alive connections, each its next when the last is answered. */
export async function run(job: Job): Promise<Outcome> {
  const { connections, facts, tenants = [], from, perSecond, after = 0 } = job
  const headers =
    (job.token ? `authorization: Bearer ${job.token}\r\n` : '') + (job.cookie ? `cookie: ${job.cookie}\r\n` : '')
  const ms: number[] = []
  const statuses: Record<string, number> = {}
  let [next, written, broken] = [from, 0, 0]
  let sample = ''
  const began = performance.now()
  const end = began + (job.seconds ?? 3600) * 1000
  const last = from + (job.most ?? Number.MAX_SAFE_INTEGER)

  const one = async (connection: Connection) => {
    const n = next++
    const tenant = tenants[n % tenants.length]
    // Each company counts its own requests.
    const turn = tenant ? Math.floor(n / tenants.length) : n
    const { done, ...kind } = kinds[job.kind](tenant ? { ...facts, ...tenant.facts } : facts, turn)
    const ask = tenant ? { ...kind, token: tenant.token } : kind
    if (perSecond) await until(began + after + ((n - from) * 1000) / perSecond)
    const sent = performance.now()
    try {
      const answer = await connection.send(ask)
      ms.push(performance.now() - sent)
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
      if (answer.status < 300 && ask.method !== 'GET') written++
      if (answer.status >= 400 && !sample) sample = `${ask.method} ${ask.path}: ${answer.body.toString().slice(0, 300)}`
      done?.(answer)
    } catch {
      broken++
    }
  }
  const worker = async () => {
    const connection = new Connection(new URL(job.origin), headers)
    while (next < last && performance.now() < end) await one(connection)
    connection.close()
  }
  await Promise.all(Array.from({ length: connections }, worker))
  const seconds = (performance.now() - began) / 1000
  ms.sort((a, b) => a - b)
  const at = (share: number) => percentile(ms, share)
  return {
    requests: ms.length,
    seconds,
    perSecond: ms.length / seconds,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
    statuses,
    written,
    broken,
    next,
    sample,
  }
}

const until = (moment: number) =>
  new Promise<void>((resolve) => {
    const left = moment - performance.now()
    if (left <= 0) resolve()
    else setTimeout(resolve, left)
  })

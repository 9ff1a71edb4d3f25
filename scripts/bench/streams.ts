import { type ClientRequest, request } from 'node:http'
import { Connection } from './connection'
import { kinds } from './requests'

export type StreamJob = {
  origin: string
  base: string
  token: string
  /** The path of the stream, and who watches. */
  path: string
  cookies: string[]
  /** Whose `active` is turned over and over. */
  ids: string[]
  writes: number
}

/** Milliseconds from the SCIM answer until a stream was told; `untold`: streams that never were. */
export type StreamOutcome = { untold: number; p50: number; p95: number; max: number }

type Watcher = { request: ClientRequest; seen: Map<string, number> }

/** Streams opened at once: a thousand in one moment is not what is measured. */
const AT_ONCE = 20

/** Opens the streams, writes over SCIM, and notes when each stream was told of each write. */
export async function watch(job: StreamJob): Promise<StreamOutcome> {
  const watchers: Watcher[] = []
  for (let i = 0; i < job.cookies.length; i += AT_ONCE) {
    watchers.push(...(await Promise.all(job.cookies.slice(i, i + AT_ONCE).map((cookie) => open(job, cookie)))))
  }
  const connection = new Connection(new URL(job.origin), `authorization: Bearer ${job.token}\r\n`)
  const told: number[] = []
  let untold = 0
  try {
    await pause(1500)
    for (let n = 0; n < job.writes; n++) {
      const ask = kinds.patchActive({ base: job.base, tag: '', ids: job.ids }, n)
      const { status } = await connection.send(ask)
      const answered = performance.now()
      if (status !== 200) throw new Error(`A write was answered ${status}`)
      const id = job.ids[n % job.ids.length] ?? ''
      const pass = Math.floor(n / job.ids.length)
      await until(() => watchers.every(({ seen }) => seen.has(`${id} ${pass}`)), 3000)
      for (const { seen } of watchers) {
        const at = seen.get(`${id} ${pass}`)
        if (at === undefined) untold++
        // A stream may be told before the answer has come back.
        else told.push(Math.max(0, at - answered))
      }
      await pause(30)
    }
  } finally {
    for (const watcher of watchers) watcher.request.destroy()
    connection.close()
  }
  told.sort((a, b) => a - b)
  const at = (share: number) => told[Math.min(told.length - 1, Math.floor(told.length * share))] ?? 0
  return { untold, p50: at(0.5), p95: at(0.95), max: at(1) }
}

function open(job: StreamJob, cookie: string): Promise<Watcher> {
  return new Promise((resolve, reject) => {
    const seen = new Map<string, number>()
    const passes = new Map<string, number>()
    let rest = ''
    const req = request(`${job.origin}${job.path}`, { headers: { cookie }, agent: false }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`A stream was answered ${response.statusCode}`))
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        const now = performance.now()
        const lines = (rest + text).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) {
          const target = line.startsWith('data: ') && /"targetId":"([^"]+)"/.exec(line)?.[1]
          if (!target) continue
          const pass = passes.get(target) ?? 0
          passes.set(target, pass + 1)
          seen.set(`${target} ${pass}`, now)
        }
      })
      resolve({ request: req, seen })
    })
    req.on('error', (error) => reject(error))
    const late = setTimeout(() => req.destroy(new Error('A stream was not opened within 20 s')), 20_000)
    req.once('response', () => clearTimeout(late))
    req.end()
  })
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

async function until(check: () => boolean, ms: number): Promise<void> {
  for (const end = performance.now() + ms; !check() && performance.now() < end; ) await pause(2)
}

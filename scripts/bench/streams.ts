import { type ClientRequest, request } from 'node:http'
import { type Answer, Connection } from './connection'
import { kinds } from './requests'

/** The streams to open: their path, and who watches on each. */
export type OpenJob = { origin: string; path: string; cookies: string[] }
/** The people whose creation the streams were to be told of; how long to wait for those that were not. */
export type ToldJob = { ids: string[]; most: number }
/** People created one after the other. */
export type WriteJob = { origin: string; base: string; token: string; tag: string; writes: number; pause: number }

/** Who was created, and when the answer was there. */
export type WrittenAt = { id: string; at: number }[]
/** For each person when each stream was told; null: never. */
export type ToldAt = { id: string; at: (number | null)[] }[]

/** Milliseconds on the one clock that all processes of a machine share. */
const now = () => Number(process.hrtime.bigint()) / 1e6

type Watcher = { request: ClientRequest; seen: Map<string, number> }

/** Streams opened at once: a thousand in one moment is not what is measured. */
const AT_ONCE = 20

const watchers: Watcher[] = []

/** Opens the streams in this process; they stay open until `told`. */
export async function open(job: OpenJob): Promise<number> {
  for (let i = 0; i < job.cookies.length; i += AT_ONCE) {
    watchers.push(...(await Promise.all(job.cookies.slice(i, i + AT_ONCE).map((cookie) => openOne(job, cookie)))))
  }
  return watchers.length
}

/** Says when the streams were told of these people, and closes them. */
export async function told({ ids, most }: ToldJob): Promise<ToldAt> {
  await until(() => watchers.every(({ seen }) => ids.every((id) => seen.has(id))), most)
  const found = ids.map((id) => ({ id, at: watchers.map(({ seen }) => seen.get(id) ?? null) }))
  for (const each of watchers.splice(0)) each.request.destroy()
  return found
}

/** Creates people, each once only, so that nothing told of earlier is taken for what is measured. */
export async function write({ origin, base, token, tag, writes, pause: wait }: WriteJob): Promise<WrittenAt> {
  const connection = new Connection(new URL(origin), `authorization: Bearer ${token}\r\n`)
  const written: WrittenAt = []
  try {
    for (let n = 0; n < writes; n++) {
      const answer: Answer = await connection.send(kinds.create({ base, tag }, n))
      const at = now()
      if (answer.status !== 201) throw new Error(`A write was answered ${answer.status}`)
      written.push({ id: JSON.parse(answer.body.toString()).id, at })
      await pause(wait)
    }
  } finally {
    connection.close()
  }
  return written
}

function openOne(job: OpenJob, cookie: string): Promise<Watcher> {
  return new Promise((resolve, reject) => {
    const seen = new Map<string, number>()
    let rest = ''
    const req = request(`${job.origin}${job.path}`, { headers: { cookie }, agent: false }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`A stream was answered ${response.statusCode}`))
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        const at = now()
        const lines = (rest + text).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) {
          const target = line.startsWith('data: ') && /"targetId":"([^"]+)"/.exec(line)?.[1]
          if (target && !seen.has(target)) seen.set(target, at)
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
  for (const end = performance.now() + ms; !check() && performance.now() < end; ) await pause(20)
}

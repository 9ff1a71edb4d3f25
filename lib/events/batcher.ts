import 'server-only'
import { isUnavailable, pgError } from '@/db/errors'
import { log } from '@/lib/log'
import { onShutdown } from '@/lib/process'
import { outside } from './outside'

const FLUSH_MS = 500
const RETRY_MS = 1000
const MAX_QUEUED = 10_000
const MAX_BATCH = 100

type Options<T> = { name: string; write: (orgId: string, batch: T[]) => Promise<void> }
type Item<T> = { orgId: string; value: T }
export type Batcher<T> = { add: (orgId: string, value: T) => void; flush: () => Promise<void>; size: () => number }

/**
 * Collects small writes and sends them per org, at the latest after half a second and at shutdown. While the database
 * is away they wait, 10,000 at most: then the oldest go, with a line in the log.
 */
export function batcher<T>({ name, write }: Options<T>): Batcher<T> {
  let queue: Item<T>[] = []
  let dropped = 0
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined

  const schedule = (ms: number) => {
    timer ??= outside(() => setTimeout(() => void flush(), ms).unref())
  }
  const bound = () => {
    if (queue.length <= MAX_QUEUED) return
    dropped += queue.length - MAX_QUEUED
    queue = queue.slice(queue.length - MAX_QUEUED)
  }
  const add = (orgId: string, value: T) => {
    queue.push({ orgId, value })
    // Trimmed in steps, so that a full queue does not copy itself for every item.
    if (queue.length > MAX_QUEUED * 1.1) bound()
    schedule(FLUSH_MS)
  }

  const drain = async () => {
    clearTimeout(timer)
    timer = undefined
    bound()
    if (dropped > 0) log().warn({ batcher: name, dropped }, 'queue full, the oldest were dropped')
    dropped = 0
    const taken = queue
    queue = []
    const failed: Item<T>[] = []
    for (const [orgId, values] of byOrg(taken)) {
      for (let i = 0; i < values.length; i += MAX_BATCH) {
        const batch = values.slice(i, i + MAX_BATCH)
        const back = failed.length > 0 ? batch : await send(name, write, orgId, batch)
        failed.push(...back.map((value) => ({ orgId, value })))
      }
    }
    if (failed.length === 0) return
    queue = [...failed, ...queue]
    bound()
    schedule(RETRY_MS)
  }

  const flush = (): Promise<void> => {
    // A flush that finds one under way runs after it, so that what was added before the call is written after it.
    const next = (running ?? Promise.resolve()).then(() => outside(drain))
    const mine = next.finally(() => {
      if (running === mine) running = undefined
    })
    running = mine
    return mine
  }

  onShutdown(async () => {
    await flush()
    if (queue.length > 0) log().error({ batcher: name, lost: queue.length }, 'the database is away at shutdown')
  })
  return { add, flush, size: () => queue.length }
}

function byOrg<T>(items: Item<T>[]): Map<string, T[]> {
  const map = new Map<string, T[]>()
  for (const { orgId, value } of items) {
    const list = map.get(orgId)
    if (list) list.push(value)
    else map.set(orgId, [value])
  }
  return map
}

/** Writes one batch; returns what must be tried again. One bad row does not hold up the others. */
async function send<T>(name: string, write: Options<T>['write'], orgId: string, batch: T[]): Promise<T[]> {
  try {
    await write(orgId, batch)
    return []
  } catch (error) {
    // Away now means away for every row.
    if (isUnavailable(error)) return batch
    if (batch.length > 1) {
      const half = Math.ceil(batch.length / 2)
      const first = await send(name, write, orgId, batch.slice(0, half))
      return [...first, ...(await send(name, write, orgId, batch.slice(half)))]
    }
    // Written by an earlier try whose answer was lost.
    if (pgError(error)?.code === '23505') return []
    log().error({ batcher: name, err: error }, 'one could not be written and was dropped')
    return []
  }
}
